// Showing a change before it is made, and asking whether to make it.
#pragma once
#include "command/command.hpp"
#include "engine/development.hpp"

namespace cm::command {

/// The SQL, indented.
void show_sql(Context& context, std::string const& sql);

/// Names what was taken for equal though nobody could say so.
void report_unsettled(Context& context, std::vector<engine::Unsettled> const& unsettled);

/// Prints what the change may do to the rows that exist. Throws Failure CM0320 if a statement is
/// sure to fail and `certain` is `refuse`. If something can be lost: asks on a terminal; without
/// one it needs `accepted`, else Failure CM0321. False if the user said no.
/// `done`: what the command has done so far.
enum class CertainFailures { refuse, report };
inline constexpr std::string_view nothing_was_done = "nothing was done";
bool accept_hazards(Context& context, engine::Change const& change, pg::Connection& connection,
                    bool accepted, CertainFailures certain,
                    std::string_view done = nothing_was_done);

/// Throws the same failure CM0320, and does nothing if no statement is sure to fail.
void refuse_certain_failure(engine::Change const& change, pg::Connection& connection);

}  // namespace cm::command
