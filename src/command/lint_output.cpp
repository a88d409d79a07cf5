// The forms of a finding: a diagnostic, and the object of `--json`.
#include "command/lint_output.hpp"

#include <fmt/format.h>

#include "command/json_output.hpp"

namespace cm::command {
namespace {

Severity severity_of(lint::Level level) {
    return level == lint::Level::error     ? Severity::error
           : level == lint::Level::warning ? Severity::warning
                                           : Severity::note;
}

std::optional<std::string> unless_empty(std::string const& text) {
    return text.empty() ? std::nullopt : std::optional{text};
}

JsonObject position(Position place) {
    return {{"line", static_cast<long>(place.line)}, {"column", static_cast<long>(place.column)}};
}

}  // namespace

std::vector<Diagnostic> to_diagnostics(std::vector<lint::Finding> const& findings) {
    std::vector<Diagnostic> all{};
    for (auto const& finding : findings) {
        Diagnostic diagnostic{.severity = severity_of(finding.level),
                              .code = finding.code,
                              .message = finding.message,
                              .primary = Label{finding.span, {}}};
        diagnostic.note("{}{}", finding.rule,
                        finding.lock.empty() ? "" : fmt::format(", {} lock", finding.lock));
        if (!finding.help.empty()) diagnostic.helps.push_back(finding.help);
        all.push_back(std::move(diagnostic));
    }
    return all;
}

std::vector<JsonObject> to_json(std::vector<lint::Finding> const& findings,
                                SourceMap const& sources) {
    std::vector<JsonObject> all{};
    for (auto const& finding : findings) {
        auto const begin = sources.position(finding.span.file, finding.span.begin);
        auto const end = sources.position(finding.span.file, finding.span.end);
        all.push_back({{"rule", finding.rule},
                       {"code", std::string{finding.code}},
                       {"level", std::string{word(finding.level)}},
                       {"message", finding.message},
                       {"file", std::string{sources.name(finding.span.file)}},
                       {"line", static_cast<long>(begin.line)},
                       {"column", static_cast<long>(begin.column)},
                       {"end", position(end)},
                       null_unless("help", unless_empty(finding.help)),
                       null_unless("lock", unless_empty(finding.lock)),
                       null_unless("table", unless_empty(finding.table))});
    }
    return all;
}

}  // namespace cm::command
