// Histories that began elsewhere: under Prisma, or as a database that was there before its
// migrations.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/development.hpp"

namespace cm::engine {

/// The folder holds what is recorded, as it was applied.
bool is_in_folder(history::Comparison const& comparison);

/// Copies Prisma's record into our table in one transaction and gives what it says of the folder;
/// Prisma's table is left alone. Throws Failure CM0524 (there is nothing to take over),
/// CM0525 (there is a history already), CM0526 (the folder does not hold what was applied; `force`
/// takes it over all the same).
history::Comparison adopt(Session& session, bool force);

/// What would be recorded by a baseline, and how the database differs from it.
struct Baseline {
    std::vector<history::Migration> migrations{};
    std::optional<Change> difference{};  ///< from what the migrations lead to, to the database
    history::Comparison history{};       ///< as it was
    std::vector<std::string> never_compared{};  ///< kinds of what is there and was not compared
};

/// The migrations of the folder up to `to` (by default all) that are not recorded yet, replayed in
/// a scratch database; nothing is replayed if there are none. Throws Failure CM0520 if there is no
/// such migration, CM0510 if a failed one stands in the way, CM0555 or CM0568 if the folder is
/// empty.
Baseline plan_baseline(Session& session, std::optional<std::string> const& to);

/// Records them as applied, in one transaction.
void record_baseline(Session& session, Baseline const& baseline);

}  // namespace cm::engine
