// One line a finding, for commands that are about something else.
#include "command/lint_remarks.hpp"

#include <fmt/format.h>

#include "lint/registry.hpp"

namespace cm::command {
namespace {

bool is_new_to_reader(lint::Finding const& finding) {
    if (finding.level < lint::Level::warning) return false;
    auto const* const rule = lint::find_rule(finding.rule);
    if (rule == nullptr) return true;
    // Rows that would make a statement fail are counted by `dev`.
    return rule->family != lint::Family::data && rule->family != lint::Family::compatibility &&
           rule->name != "adding-required-field";
}

}  // namespace

std::string lint_remarks(std::vector<lint::Finding> const& findings, SourceMap const& sources) {
    std::string lines{};
    for (auto const& finding : findings) {
        if (!is_new_to_reader(finding)) continue;
        lines += fmt::format("  line {}: {} ({})\n",
                             sources.position(finding.span.file, finding.span.begin).line,
                             finding.message, finding.rule);
    }
    return lines;
}

}  // namespace cm::command
