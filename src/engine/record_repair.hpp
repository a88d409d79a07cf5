// Repairing the record of migrations where folder and record have come apart for good: an edited
// file is accepted, a lost one forgotten, a mistaken entry taken back. Each is compared with a
// replay before it is done, as far as that goes.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/development.hpp"

namespace cm::engine {

enum class Repair {
    accept_edited,  ///< the file's text of today is what was applied
    forget,         ///< applied once, and missing from the folder for good
    not_applied     ///< recorded by mistake: pending again
};

/// What is to be done to the record, and what is known about it.
struct RepairPlan {
    Repair repair{};
    history::Migration migration{};  ///< only its name where it is missing from the folder
    /// From what the record would lead to, to the database as it is.
    std::optional<Change> difference{};
    std::vector<std::string> never_compared{};  ///< kinds of what is there and was not compared
    /// What speaks against it: it would be untrue.
    std::vector<std::string> objections{};
    /// What could not be checked.
    std::vector<std::string> unchecked{};
};

/// Looks at the record, the folder and the database; changes nothing. Throws Failure CM0520 if the
/// migration is neither in the folder nor recorded, CM0559 if it is not in a state for that repair.
RepairPlan plan_repair(Session& session, Repair repair, std::string const& given);

/// Does it, in one statement.
void carry_out(Session& session, RepairPlan const& plan);

}  // namespace cm::engine
