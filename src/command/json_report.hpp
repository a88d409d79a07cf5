// Diagnostics for programs: the one place that knows their form as JSON.
#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/pieces.hpp"
#include "base/source.hpp"

namespace cm::command {

/// `{"diagnostics": […]}` with a line end; lines and columns start at 1, an end lies behind the
/// last character. Handed out in pieces: of thousands of findings the whole would take up a lot of
/// memory.
void json_report(std::vector<Diagnostic> const& diagnostics, SourceMap const& sources,
                 TextSink const& out);

/// What stopped a command, in one line: `{"event": "failed", "exitCode": 5, "diagnostics": […]}`.
std::string json_failure(Failure const& failure, SourceMap const& sources);

/// A value of a JSON object, or a list of names.
struct JsonField {
    std::string_view key{};
    std::variant<std::monostate, bool, long, std::string, std::vector<std::string>> value{};
};

/// One object in one line.
std::string json_line(std::vector<JsonField> const& fields);

}  // namespace cm::command
