// Showing a change before it is made, and asking whether to make it.
#pragma once
#include <set>
#include <string_view>

#include "command/command.hpp"
#include "engine/development.hpp"
#include "lint/levels.hpp"

namespace cm::command {

/// The SQL, indented.
void show_sql(Context& context, std::string const& sql);

/// Names, in one line, what stays though the schema does not declare it.
void report_kept(Context& context, std::vector<std::string> const& kept);

/// Names what stays as another project has it.
void report_left(Context& context, std::vector<std::string> const& left);

/// Names what was taken for equal though nobody could say so.
void report_unsettled(Context& context, std::vector<engine::Unsettled> const& unsettled);

enum class CertainFailures { refuse, report };
inline constexpr std::string_view nothing_was_done = "no changes were made";

/// How accept_hazards asks.
struct HazardQuestion {
    bool accepted{};  ///< the answer was given on the command line, or is asked for later
    CertainFailures certain = CertainFailures::refuse;
    std::string_view done = nothing_was_done;  ///< what the command has done so far
    std::string_view question{};               ///< "Apply this change?"
    bool is_dry_run = false;                   ///< on a terminal: says only that it would ask
    lint::Levels levels{};                     ///< of the project
};

/// What came of accept_hazards.
struct Acceptance {
    bool is_given = true;
    std::set<std::string_view> told{};  ///< the rules of what was found, by name
};

/// Prints what the change may do to the rows that exist. Throws Failure CM0320 if a statement is
/// sure to fail and that is to be refused. If something can be lost: asks on a terminal; without
/// one it needs `accepted`, else Failure CM0321. Nobody is asked about notes.
Acceptance accept_hazards(Context& context, engine::Change const& change,
                          pg::Connection& connection, HazardQuestion const& how);

/// Throws the same failure CM0320, and does nothing if no statement is sure to fail.
void refuse_certain_failure(engine::Change const& change, pg::Connection& connection);

}  // namespace cm::command
