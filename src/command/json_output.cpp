// Puts the fields in that every object has.
#include "command/json_output.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <chrono>

namespace cm::command {
namespace {

/// "2026-02-13T12:34:56.789Z"
std::string now() {
    auto const now = std::chrono::system_clock::now();
    auto const seconds = std::chrono::time_point_cast<std::chrono::seconds>(now);
    auto const rest = std::chrono::duration_cast<std::chrono::milliseconds>(now - seconds);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)), rest.count());
}

long elapsed(Context const& context) {
    auto const time = std::chrono::steady_clock::now() - context.started;
    return static_cast<long>(std::chrono::ceil<std::chrono::milliseconds>(time).count());
}

bool has(JsonObject const& fields, std::string_view key) {
    return std::any_of(fields.begin(), fields.end(),
                       [&](JsonField const& field) { return field.key == key; });
}

void add_diagnostics(JsonObject& fields, std::vector<Diagnostic> const& diagnostics,
                     Context const& context) {
    fields.push_back({"diagnostics", JsonDiagnostics{&diagnostics, &context.sources}});
}

}  // namespace

JsonObject json_ending(Context const& context) {
    JsonObject fields{};
    if (!context.database.empty()) fields.push_back({"database", context.database});
    if (!context.renames.empty()) fields.push_back({"renames", context.renames});
    fields.push_back({"elapsedMs", elapsed(context)});
    fields.push_back({"timestamp", now()});
    return fields;
}

void tell_event(Context& context, std::string_view event, JsonObject fields) {
    auto& terminal = context.terminal;
    if (!terminal.writes_only_data()) return;
    if (auto const reported = terminal.take_reported(); !reported.empty()) {
        JsonObject warnings{{"event", std::string("diagnostics")}};
        add_diagnostics(warnings, reported, context);
        warnings.push_back({"timestamp", now()});
        terminal.json(json_line(warnings));
    }
    fields.insert(fields.begin(), {"event", std::string(event)});
    fields.push_back({"timestamp", now()});
    terminal.json(json_line(fields));
}

std::string result_line(Context& context, JsonObject fields, ExitCode exit_code) {
    auto const reported = context.terminal.take_reported();
    fields.insert(fields.begin(), {"exitCode", static_cast<long>(exit_code)});
    add_diagnostics(fields, reported, context);
    for (auto& field : json_ending(context)) fields.push_back(std::move(field));
    return json_line(fields);
}

ExitCode tell_result(Context& context, JsonObject fields, ExitCode exit_code) {
    if (context.terminal.writes_only_data()) {
        context.terminal.json(result_line(context, std::move(fields), exit_code));
    }
    return exit_code;
}

ExitCode tell_finished(Context& context, JsonObject fields) {
    auto const exit_code = ExitCode::ok;
    if (!has(fields, "elapsedMs")) fields.push_back({"elapsedMs", elapsed(context)});
    fields.insert(fields.begin(), {"exitCode", static_cast<long>(exit_code)});
    if (!context.database.empty()) fields.push_back({"database", context.database});
    tell_event(context, "finished", std::move(fields));
    return exit_code;
}

void tell_failure(Context& context, Failure const& failure) {
    if (!context.terminal.writes_only_data()) return;
    auto diagnostics = failure.diagnostics();
    auto const warnings = context.terminal.take_reported();
    diagnostics.insert(diagnostics.end(), warnings.begin(), warnings.end());
    JsonObject fields{{"event", std::string("failed")},
                      {"exitCode", static_cast<long>(failure.exit_code())}};
    add_diagnostics(fields, diagnostics, context);
    for (auto& field : json_ending(context)) fields.push_back(std::move(field));
    context.terminal.json(json_line(fields));
}

JsonObject to_json(pg::LockHolder const& holder) {
    return {{"process", static_cast<long>(holder.pid)},
            {"application", holder.application},
            {"client", holder.client},
            {"since", holder.since},
            {"query", holder.query}};
}

JsonField elapsed_field(Stopwatch const& time) {
    return {"elapsedMs", static_cast<long>(time.elapsed().count())};
}

JsonField null_unless(std::string_view key, std::optional<std::string> const& text) {
    JsonField field{key, {}};
    if (text) field.value = *text;
    return field;
}

}  // namespace cm::command
