// Histories that began elsewhere: under Prisma, or as a database that was there before its
// migrations.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/development.hpp"

namespace cm::engine {

/// Copies Prisma's record into our table in one transaction and gives the names of the applied
/// migrations; Prisma's table is left alone. Throws Failure CM0524 (there is nothing to take over),
/// CM0525 (there is a history already), CM0526 (the folder does not hold what was applied; `force`
/// takes it over all the same).
std::vector<std::string> adopt(Session& session, bool force);

/// What would be recorded by a baseline, and how the database differs from it.
struct Baseline {
    std::vector<history::Migration> migrations{};
    std::optional<Change> difference{};  ///< from what the migrations lead to, to the database
};

/// The migrations of the folder up to `to` (by default all) that are not recorded yet, replayed in
/// a scratch database. Throws Failure CM0520 if there is no such migration, CM0510 if a failed one
/// stands in the way.
Baseline plan_baseline(Session& session, std::optional<std::string> const& to);

/// Records them as applied, in one transaction.
void record_baseline(Session& session, Baseline const& baseline);

}  // namespace cm::engine
