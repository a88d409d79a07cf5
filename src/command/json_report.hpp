// Diagnostics for programs: the one place that knows their form as JSON.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/buffered_sink.hpp"
#include "base/diagnostic.hpp"
#include "base/source.hpp"

namespace cm::command {

/// Findings as a value: the list of what is wrong, each with its place.
struct JsonDiagnostics {
    std::vector<Diagnostic> const* diagnostics{};
    SourceMap const* sources{};
};

struct JsonField;
using JsonObject = std::vector<JsonField>;

/// A value of a JSON object; the first is null.
struct JsonField {
    std::string_view key{};
    std::variant<std::monostate, bool, long, double, std::string, std::vector<std::string>,
                 JsonObject, std::vector<JsonObject>, JsonDiagnostics>
        value{};
};

/// One object in one line. Bytes that are no UTF-8 are replaced.
std::string json_line(JsonObject const& fields);

/// `{"exitCode": …, "diagnostics": […], …}` in one line; lines and columns start at 1, an end lies
/// behind the last character. Handed out in pieces: of thousands of findings the whole would take
/// up a lot of memory. `ending` are the fields behind them.
void json_report(ExitCode exit_code, std::vector<Diagnostic> const& diagnostics,
                 SourceMap const& sources, JsonObject const& ending, TextSink const& out);

}  // namespace cm::command
