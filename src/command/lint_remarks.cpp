// One line a finding, for commands that are about something else.
#include "command/lint_remarks.hpp"

#include <fmt/format.h>

namespace cm::command {

std::string lint_remarks(std::vector<lint::Finding> const& findings, SourceMap const& sources,
                         std::set<std::string_view> const& said) {
    std::string lines{};
    for (auto const& finding : findings) {
        if (finding.level < lint::Level::warning || said.contains(finding.rule)) continue;
        lines += fmt::format("  line {}: {} ({})\n",
                             sources.position(finding.span.file, finding.span.begin).line,
                             finding.message, finding.rule);
    }
    return lines;
}

}  // namespace cm::command
