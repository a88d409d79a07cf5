// See change_report.hpp.
#include "command/change_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "engine/dependents.hpp"
#include "engine/name_clashes.hpp"
#include "engine/remaining_dependents.hpp"
#include "engine/renamed_in_routines.hpp"

namespace cm::command {

void show_sql(Context& context, std::string const& sql) {
    std::string indented{};
    for (std::size_t at = 0; at < sql.size();) {
        auto const end = std::min(sql.find('\n', at), sql.size());
        auto const line = sql.substr(at, end - at);
        indented += line.empty() ? "\n" : "  " + line + "\n";
        at = end + 1;
    }
    context.terminal.lines(indented);
}

void report_kept(Context& context, std::vector<std::string> const& kept) {
    constexpr std::size_t shown = 5;
    if (kept.empty()) return;
    auto const named = std::vector(kept.begin(), kept.begin() + std::min(shown, kept.size()));
    auto const rest = kept.size() - named.size();
    context.terminal.remark(fmt::format(
        "Kept, though not in the schema: {}{}. (\"undeclared\": \"drop\" in cm-migrate.json "
        "drops them.)",
        fmt::join(named, ", "), rest == 0 ? "" : fmt::format(", and {} more", rest)));
}

void report_left(Context& context, std::vector<std::string> const& left) {
    constexpr std::size_t shown = 5;
    if (left.empty()) return;
    auto const count = static_cast<std::ptrdiff_t>(std::min(shown, left.size()));
    auto const named = std::vector(left.begin(), left.begin() + count);
    auto const rest = left.size() - named.size();
    context.terminal.remark(fmt::format("Left to another project, which has made it: {}{}.",
                                        fmt::join(named, ", "),
                                        rest == 0 ? "" : fmt::format(", and {} more", rest)));
}

void report_unsettled(Context& context, std::vector<engine::Unsettled> const& unsettled) {
    if (unsettled.empty()) return;
    context.terminal.report(engine::to_diagnostics(unsettled), context.sources);
}

namespace {

/// The findings and what stops the command because of them, in one report.
[[noreturn]] void refuse(std::vector<Diagnostic> findings, Diagnostic reason, ExitCode exit_code) {
    findings.push_back(std::move(reason));
    throw Failure(std::move(findings), exit_code);
}

Diagnostic certain_failure(std::string_view done) {
    return error("CM0320", "this change cannot be applied to the database as it is; {}", done)
        .help(
            "`cm-migrate dev --create-only` writes the migration without applying it, so that you "
            "can edit it first");
}

std::vector<engine::Finding> findings_about(engine::Change const& change,
                                            pg::Connection& connection) {
    auto findings = engine::probe(change.script, connection);
    for (auto* const look :
         {&engine::name_clashes, &engine::dependents, &engine::renamed_in_routines}) {
        for (auto& finding : (*look)(change.plan, connection)) {
            findings.push_back(std::move(finding));
        }
    }
    for (auto& finding : engine::remaining_dependents(change.plan, connection)) {
        findings.push_back(std::move(finding));
    }
    return findings;
}

bool are_certain(std::vector<engine::Finding> const& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](auto const& f) { return f.is_certain; });
}

Diagnostic nobody_to_ask(std::string_view done) {
    return error("CM0321", "confirmation required, but standard input is not a terminal; {}", done)
        .help("pass `--accept-data-loss` to accept the warnings above");
}

}  // namespace

Acceptance accept_hazards(Context& context, engine::Change const& change,
                          pg::Connection& connection, HazardQuestion const& how) {
    auto const findings = engine::heed_levels(findings_about(change, connection), how.levels);
    if (findings.empty()) return {};
    auto const refuses = how.certain == CertainFailures::refuse;
    auto diagnostics =
        engine::to_diagnostics(findings, refuses ? Severity::error : Severity::warning);
    if (are_certain(findings) && refuses) {
        refuse(std::move(diagnostics), certain_failure(how.done), ExitCode::failure);
    }
    auto const asks = !how.accepted && refuses &&
                      !std::all_of(findings.begin(), findings.end(),
                                   [](engine::Finding const& it) { return it.is_note; });
    if (asks && !context.terminal.is_interactive()) {
        refuse(std::move(diagnostics), nobody_to_ask(how.done), ExitCode::usage);
    }
    context.terminal.report(diagnostics, context.sources);
    context.terminal.remark({});
    if (asks && how.is_dry_run) {
        context.terminal.remark("The real run asks before it does that.");
        context.terminal.remark({});
        return {};
    }
    return {.is_given = !asks || context.terminal.confirm(how.question),
            .told = engine::rules_of(findings)};
}

void refuse_certain_failure(engine::Change const& change, pg::Connection& connection) {
    auto const findings = findings_about(change, connection);
    if (!are_certain(findings)) return;
    refuse(engine::to_diagnostics(findings, Severity::error), certain_failure(nothing_was_done),
           ExitCode::failure);
}

}  // namespace cm::command
