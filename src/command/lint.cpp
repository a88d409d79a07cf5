// `cm-migrate lint`: what is wrong with a migration before it runs.
#include "engine/lint.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/file.hpp"
#include "base/plural.hpp"
#include "base/text.hpp"
#include "command/annotations.hpp"
#include "command/arguments.hpp"
#include "command/json_output.hpp"
#include "command/lint_output.hpp"
#include "command/project_options.hpp"
#include "engine/project_configuration.hpp"
#include "lint/registry.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    engine::LintRequest request{};
    std::vector<std::string> rules{};  ///< NAME=LEVEL
    std::string format = "text";
    std::optional<std::string> output{};
    bool baseline = false;
    bool no_replay = false;
    bool strict = false;
    bool list = false;
};

void options(CLI::App& app, Options& o) {
    app.add_option("FILES", o.request.files,
                   "SQL files or folders, `-` for standard input (default: the project's "
                   "migrations that the baseline does not cover)")
        ->type_name("FILES");
    app.add_option("--only", o.request.only,
                   "Apply this rule and no other, whatever the configuration says; may be repeated")
        ->type_name("RULE")
        ->allow_extra_args(false);
    app.add_option("--rule", o.rules,
                   "Set the level of a rule: `off`, `note`, `warning` or `error`; may be repeated")
        ->type_name("RULE=LEVEL")
        ->allow_extra_args(false);
    app.add_flag("--strict", o.strict, "Exit with 1 for warnings as well");
    app.add_option("--since", o.request.since,
                   "Look at migrations that are added or edited against this git revision")
        ->type_name("REV");
    take_one_of(*app.add_option("--format", o.format,
                                "How findings are printed (default: text); `github`: as "
                                "annotations of GitHub Actions"),
                {"text", "json", "sarif", "github"});
    app.add_option("--output", o.output, "Write the findings to this file")->type_name("FILE");
    app.add_flag("--baseline", o.baseline,
                 "Accept all migrations that there are: write the newest one to cm-migrate.json");
    app.add_flag("--no-replay", o.no_replay,
                 "Judge files by their text alone: needs no database, and with FILES no project");
    app.add_flag("--list", o.list, "List all rules with their levels");
    add_project_options(app, o.project);
}

engine::RuleLevel rule_level(std::string const& given) {
    auto const equals = given.find('=');
    auto const level =
        equals == std::string::npos ? std::nullopt : lint::level_of(given.substr(equals + 1));
    if (!level) {
        throw Failure(error("CM0001", "`--rule {}` sets no level", given)
                          .help("write `--rule NAME=LEVEL`, where LEVEL is `off`, `note`, "
                                "`warning` or `error`"),
                      ExitCode::usage);
    }
    return {given.substr(0, equals), *level};
}

ExitCode list_rules(Context& context, lint::Levels const& levels) {
    std::vector<JsonObject> all{};
    for (auto const* const rule : lint::all_rules()) {
        auto const level = word(levels.of(*rule));
        context.terminal.result(
            fmt::format("{}  {:<8} {:<44}  {}\n", rule->code, level, rule->name, rule->summary));
        all.push_back({{"rule", std::string{rule->name}},
                       {"code", std::string{rule->code}},
                       {"level", std::string{level}},
                       {"family", std::string{title_of(rule->family)}},
                       {"summary", std::string{rule->summary}}});
    }
    return tell_result(context, {{"rules", all}});
}

std::size_t count(std::vector<lint::Finding> const& findings, lint::Level level) {
    return static_cast<std::size_t>(std::count_if(
        findings.begin(), findings.end(), [&](auto const& it) { return it.level == level; }));
}

std::string summary(engine::LintReport const& report) {
    std::vector<std::string> parts{};
    for (auto const level : {lint::Level::error, lint::Level::warning, lint::Level::note}) {
        auto const number = count(report.findings, level);
        if (number > 0) parts.push_back(counted(number, word(level)));
    }
    if (parts.empty()) parts.emplace_back("no findings");
    std::string text{};
    for (auto const& part : parts) text += (text.empty() ? "" : ", ") + part;
    return fmt::format("{} in {}", text, counted(report.files, "file"));
}

/// What the format makes of the report; empty for the one that is shown with places.
std::string formatted(Options const& o, Context& context, engine::LintReport const& report) {
    if (o.format == "sarif") return to_sarif(report.findings, context.sources);
    if (o.format == "github") {
        return annotations(to_diagnostics(report.findings), context.sources,
                           context.terminal.annotation_folder());
    }
    return {};
}

std::string as_text(Context& context, engine::LintReport const& report) {
    return render(to_diagnostics(report.findings), context.sources, Color::never);
}

void print(Options const& o, Context& context, engine::LintReport const& report) {
    auto& terminal = context.terminal;
    if (o.format == "sarif" || o.format == "github") {
        terminal.result(formatted(o, context, report));
    } else if (report.findings.empty()) {
        terminal.success(fmt::format("No findings in {} ✔", counted(report.files, "file")));
    } else {
        terminal.findings(to_diagnostics(report.findings), context.sources);
        terminal.result(fmt::format("\n{}\n", summary(report)));
    }
}

void write_output(Options const& o, Context& context, engine::LintReport const& report,
                  ExitCode exit_code) {
    auto const text =
        o.format == "json"
            ? result_line(context, {{"findings", to_json(report.findings, context.sources)}},
                          exit_code)
        : o.format == "text" ? as_text(context, report)
                             : formatted(o, context, report);
    write_file(*o.output, text);
    context.terminal.line(fmt::format("{}: written to {}", summary(report), *o.output));
}

ExitCode exit_code_of(std::vector<lint::Finding> const& findings, bool is_strict) {
    auto const fails = count(findings, lint::Level::error) > 0 ||
                       (is_strict && count(findings, lint::Level::warning) > 0);
    return fails ? ExitCode::failure : ExitCode::ok;
}

engine::LintReport look(Options const& o, Context& context) {
    if (o.no_replay && !o.request.files.empty()) {
        auto const configuration = engine::load_configuration(context.environment.working_directory,
                                                              o.project, context.sources);
        return engine::lint_files(configuration.lint, o.request, context.sources);
    }
    // Where it comes from is of no use to whoever reads findings, or hands them on.
    heed(context, o.project);
    auto const project = engine::open_project(context.environment, o.project, context.sources);
    if (o.request.files.empty()) require_project(project);
    return engine::lint_project(project, o.request, context.sources, progress(context));
}

ExitCode write_baseline(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto const name = engine::write_lint_baseline(project);
    context.terminal.success(
        fmt::format("`lint` looks at migrations after {} from now on ✔", name));
    return tell_result(context, {{"baseline", name}});
}

void refuse_both(Options const& o) {
    if (!o.request.since || o.request.files.empty()) return;
    throw Failure(error("CM0001", "`--since` and FILES exclude each other")
                      .help("`--since` chooses the files"),
                  ExitCode::usage);
}

ExitCode run(Options const& given, Context& context) {
    auto o = given;
    if (o.format == "json") context.terminal.only_data();
    if (context.terminal.writes_only_data()) o.format = "json";
    refuse_both(o);
    o.request.replay = !o.no_replay;
    for (auto const& rule : o.rules) o.request.levels.push_back(rule_level(rule));
    if (o.baseline) return write_baseline(o, context);
    if (o.list) {
        auto const configuration = engine::load_configuration(context.environment.working_directory,
                                                              o.project, context.sources);
        return list_rules(context, engine::lint_levels(configuration.lint, o.request));
    }
    auto const report = look(o, context);
    auto const exit_code = exit_code_of(report.findings, o.strict);
    if (o.output) {
        write_output(o, context, report, exit_code);
        return exit_code;
    }
    if (!context.terminal.writes_only_data()) print(o, context, report);
    return tell_result(context, {{"findings", to_json(report.findings, context.sources)}},
                       exit_code);
}

}  // namespace

extern Command const lint;
constinit Command const lint{
    .name = "lint",
    .group = CommandGroup::develop,
    .prisma = "",
    .summary = "Find what is dangerous in migrations before they run",
    .description =
        "Looks at pending migrations for statements that lock tables for long, lose data, break "
        "programs that are running, or fail. Reports each with its position, the lock, and what to "
        "write instead. The schema before each migration comes from a replay in a scratch "
        "database; with `--url` the sizes of the tables count as well. `cm-migrate explain RULE` "
        "explains a rule. To accept a finding, write `-- cm-migrate: allow RULE REASON` above the "
        "statement. Exits with 1 if there is an error.",
    .example =
        "cm-migrate lint\ncm-migrate lint --since origin/main --format github\n"
        "cm-migrate lint --no-replay changes.sql\ncm-migrate lint --baseline",
    .json =
        "Print one JSON object: `findings`; `rules` with `--list`, `baseline` with `--baseline`",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
