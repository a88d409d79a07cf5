// Spans of time as options take them: `5s`, `500ms`, `2min`.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace cm::command {

/// What a number without a unit means. For settings of PostgreSQL's it is milliseconds, as
/// everywhere there; where one person would think of seconds and another of milliseconds, the unit
/// must be written (but for 0).
enum class BareNumber { milliseconds, needs_unit };

/// Takes PostgreSQL's units (`ms`, `s`, `min`, `h`, `d`; also `m` for minutes), with or without a
/// blank before them; at most what a setting of the server holds, 24 days.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text, BareNumber bare);

/// Why parse_duration gives nothing.
std::string why_no_duration(std::string_view text);

/// An option that takes such a time and puts it into `time`.
void add_duration_option(CLI::App& app, std::string const& name, std::string const& text,
                         BareNumber bare, std::chrono::milliseconds& time);

}  // namespace cm::command
