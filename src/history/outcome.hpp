// What stays of a script that did not come to its end, and what whoever runs it may do next. Said
// by one function for failures, interrupts and lost connections, since it must be true in each
// case.
#pragma once
#include <string_view>

#include "base/diagnostic.hpp"
#include "history/prepared.hpp"
#include "history/run_script.hpp"
#include "pg/connection.hpp"

namespace cm::history {

/// Of a script that ran in one transaction, and failed.
inline constexpr std::string_view rolled_back_note = "rolled back; no changes were made";

/// What was committed and what was rolled back, as notes.
void add_outcome(Diagnostic& diagnostic, ScriptFailure const& failure, Prepared const& prepared);

/// True if the whole command may be run again: nothing stays, or it would not repeat what does.
bool can_run_again(ScriptFailure const& failure, Subject const& subject);

/// The same for a script of which nothing is recorded, with what to do before it is run again.
void add_script_outcome(Diagnostic& diagnostic, ScriptFailure const& failure,
                        Prepared const& prepared);

/// Transactions that the script prepared, and that nobody has ended since.
void add_prepared_transactions(Diagnostic& diagnostic, ScriptFailure const& failure,
                               Prepared const& prepared, pg::Connection& connection);

/// A script without a record was interrupted when `reached` stayed. The connection, if it is still
/// there, tells what a statement that ran by itself has left.
[[noreturn]] void throw_interrupted_script(Failure const& interrupted, Prepared const& prepared,
                                           StepPosition reached, pg::Connection& connection);

/// The connection was lost while it ran. The exit code is that of a connection that may come back
/// only if the whole script may be run again.
[[noreturn]] void throw_lost_script(ScriptFailure const& failure, Prepared const& prepared);

}  // namespace cm::history
