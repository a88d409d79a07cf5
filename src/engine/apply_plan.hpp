// What apply_pending will do, found out without doing it.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/apply_pending.hpp"
#include "history/apply.hpp"

namespace cm::engine {

/// A migration that stopped halfway, and where it goes on.
struct Resumption {
    history::Migration migration{};
    history::Stop stop{};
    bool by_itself{};  ///< without being told
};

/// None if nothing is to be resumed. Throws Failure CM0518 if it cannot go on from the statement
/// that was asked for.
std::optional<Resumption> plan_resumption(Session const& session, ApplySettings const& settings,
                                          history::Comparison const& comparison);

struct PlannedMigration {
    std::string name{};
    std::size_t statements{};
    std::size_t committed{};  ///< those that an earlier run has carried out
    bool in_transaction{};    ///< else statement by statement
};

/// What is pending, in order. Throws what apply_pending throws before it runs a statement.
std::vector<PlannedMigration> plan_pending(Session& session, ApplySettings const& settings,
                                           history::Comparison comparison);

/// The same for a database that holds nothing yet.
std::vector<PlannedMigration> plan_migrations(std::vector<history::Migration> const& migrations,
                                              ApplySettings const& settings, SourceMap& sources);

}  // namespace cm::engine
