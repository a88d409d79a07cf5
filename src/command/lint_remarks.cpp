// One line a finding, for commands that are about something else.
#include "command/lint_remarks.hpp"

#include <fmt/format.h>

#include "lint/registry.hpp"

namespace cm::command {

namespace {

/// That clients wait is nothing that counting rows tells.
bool is_said(lint::Finding const& finding, std::set<std::string_view> const& said) {
    auto const* const rule = lint::find_rule(finding.rule);
    return rule != nullptr && rule->family != lint::Family::lock && said.contains(rule->name);
}

}  // namespace

std::string lint_remarks(std::vector<lint::Finding> const& findings, SourceMap const& sources,
                         std::set<std::string_view> const& said) {
    std::string lines{};
    for (auto const& finding : findings) {
        if (finding.level < lint::Level::warning || is_said(finding, said)) continue;
        lines += fmt::format("  line {}: {} ({})\n",
                             sources.position(finding.span.file, finding.span.begin).line,
                             finding.message, finding.rule);
    }
    return lines;
}

}  // namespace cm::command
