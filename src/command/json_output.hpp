// What --json prints: a command that is at work prints an object a line for each thing that happens
// (`event`), any other one object when it is done. docs/reference/json has a JSON Schema for each
// command.
#pragma once
#include <string>
#include <string_view>

#include "base/elapsed.hpp"
#include "command/command.hpp"
#include "command/json_report.hpp"
#include "pg/advisory_lock.hpp"

namespace cm::command {

/// A line of a command at work. Warnings that were reported since the line before get a line of
/// their own in front.
void tell_event(Context& context, std::string_view event, JsonObject fields = {});

/// The object that a command ends with: `exitCode`, what it found, and the warnings on its way as
/// `diagnostics`. With a line end.
std::string result_line(Context& context, JsonObject fields, ExitCode exit_code = ExitCode::ok);

/// Prints it; nothing without --json. Gives the exit code.
ExitCode tell_result(Context& context, JsonObject fields, ExitCode exit_code = ExitCode::ok);

/// How a command at work ends: the same as an event.
ExitCode tell_finished(Context& context, JsonObject fields = {});

/// The fields that every object ends with.
JsonObject json_ending(Context const& context);

/// What stopped a command.
void tell_failure(Context& context, Failure const& failure);

/// Another session of cm-migrate.
JsonObject to_json(pg::LockHolder const& holder);

/// `elapsedMs`
JsonField elapsed_field(Stopwatch const& time);

/// Null if there is none.
JsonField null_unless(std::string_view key, std::optional<std::string> const& text);

}  // namespace cm::command
