// What settles a failed migration: the ways that `status` shows and that the error names which
// stands in the way of other commands.
#pragma once
#include <string>
#include <vector>

#include "history/compare.hpp"

namespace cm::engine {

struct WayOut {
    std::string when{};     ///< "if you have carried out the rest by hand"
    std::string command{};  ///< "resolve --applied 20260101000000_init"
    bool is_ready = true;   ///< else something is to be done by hand before the command helps
};

/// "stopped after statement 2 of 5: `CREATE INDEX …` comes next"
std::string describe(history::StoppedMigration const& stopped);

/// More about the first of the failed migrations; null if nothing is known.
history::StoppedMigration const* stop_of_first(history::Comparison const& comparison);

/// The ways to settle the first of the failed migrations: each command does what it says.
std::vector<WayOut> ways_out(history::Comparison const& comparison);

/// Throws Failure CM0510 if a failed migration stands in the way.
void refuse_failed(history::Comparison const& comparison);

}  // namespace cm::engine
