// See history_report.hpp.
#include "command/history_report.hpp"

#include <fmt/format.h>

namespace cm::command {
namespace {

Diagnostic warning(std::string_view code, std::string message) {
    return {.severity = Severity::warning, .code = code, .message = std::move(message)};
}

}  // namespace

std::string name_list(std::vector<std::string> const& names) {
    std::string text{};
    for (auto const& name : names) {
        text += name + "\n";
    }
    return text;
}

void report_oddities(Context& context, history::Comparison const& comparison) {
    std::vector<Diagnostic> warnings{};
    for (auto const& name : comparison.edited) {
        warnings.push_back(
            warning("CM0511",
                    fmt::format("the migration `{}` was edited after it had been applied", name))
                .help("put the file back as it was; a change belongs into a new migration"));
    }
    for (auto const& name : comparison.missing) {
        warnings.push_back(
            warning("CM0512",
                    fmt::format("the migration `{}` is applied, but is not in the folder", name))
                .help("bring the folder back from version control"));
    }
    for (auto const& name : comparison.out_of_order) {
        warnings.push_back(
            warning("CM0513",
                    fmt::format("the migration `{}` is pending, but later ones are applied", name))
                .note("it will be applied after them: check that it does not rely on the order"));
    }
    if (!warnings.empty()) {
        context.terminal.report(warnings, context.sources);
        context.terminal.remark({});
    }
}

}  // namespace cm::command
