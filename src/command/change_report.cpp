// See change_report.hpp.
#include "command/change_report.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cm::command {

void show_sql(Context& context, std::string const& sql) {
    std::string indented{};
    for (std::size_t at = 0; at < sql.size();) {
        auto const end = std::min(sql.find('\n', at), sql.size());
        auto const line = sql.substr(at, end - at);
        indented += line.empty() ? "\n" : "  " + line + "\n";
        at = end + 1;
    }
    context.terminal.text(indented);
}

bool accept_hazards(Context& context, engine::Change const& change, pg::Connection& connection,
                    bool accepted, CertainFailures certain) {
    auto const findings = engine::probe(change.script, connection);
    if (findings.empty()) {
        return true;
    }
    context.terminal.report(engine::to_diagnostics(findings), context.sources);
    auto const fails =
        std::any_of(findings.begin(), findings.end(), [](auto const& f) { return f.is_certain; });
    if (fails && certain == CertainFailures::refuse) {
        throw Failure(
            error(
                "CM0320",
                "this change cannot be made while the database holds these rows; nothing was done")
                .help("`cm-migrate dev --create-only` writes the migration without applying it, so "
                      "that you can "
                      "add what is missing"));
    }
    if (accepted || certain == CertainFailures::report) {
        return true;
    }
    if (!context.terminal.is_interactive()) {
        throw Failure(
            error("CM0321",
                  "this change needs a yes, and there is no terminal to ask on; nothing was done")
                .help("pass `--accept-data-loss` if the warnings above are all right"),
            ExitCode::usage);
    }
    return context.terminal.confirm("Go on?");
}

}  // namespace cm::command
