// `cm-migrate baseline`: the first migrations are in the database already.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/history_report.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "engine/adopt_and_baseline.hpp"
#include "engine/takeover_advice.hpp"
#include "schema/summary.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    std::optional<std::string> to{};
    bool force = false;
    std::string lock_wait = "60s";
};

void options(CLI::App& app, Options& o) {
    app.add_option("--to", o.to,
                   "The last migration that the database already contains (default: all)")
        ->type_name("MIGRATION");
    app.add_flag("-f,--force", o.force, "Record them even if the database does not match");
    add_lock_wait(app, o.lock_wait);
    add_read_lock_timeout(app, o.project);
    add_project_options(app, o.project);
}

/// False if the difference forbids it.
bool accept(Options const& o, Context& context, engine::Baseline const& baseline) {
    if (!baseline.difference) {
        return true;
    }
    auto& terminal = context.terminal;
    terminal.line("The database does not match these migrations. Differences:");
    terminal.line();
    terminal.lines(schema::summary(baseline.difference->plan));
    terminal.line();
    return o.force;
}

ExitCode finish(Context& context, engine::Baseline const& baseline) {
    std::vector<std::string> names{};
    for (auto const& migration : baseline.migrations) names.push_back(migration.name);
    return tell_result(context, {{"recorded", names},
                                 {"neverCompared", baseline.never_compared},
                                 {"differenceSql", baseline.difference ? baseline.difference->text
                                                                       : std::string{}}});
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto session = open_history(context, project, o.lock_wait);
    auto const baseline = engine::plan_baseline(session, o.to);
    auto& terminal = context.terminal;
    if (baseline.migrations.empty()) {
        refuse_missing(session, baseline.history);
        terminal.line("There is nothing to mark as applied.");
        return finish(context, baseline);
    }
    report_oddities(context, baseline.history);
    if (!accept(o, context, baseline)) {
        engine::refuse_foreign_history(session, baseline.history);
        throw Failure(
            error("CM0528", "the database does not match its migrations")
                .note("nothing was recorded")
                .help("name the last migration that the database contains with `--to NAME`, or "
                      "change the database or the migrations so that they match")
                .help("`--force` records them anyway"),
            ExitCode::drift);
    }
    engine::record_baseline(session, baseline);
    for (auto const& migration : baseline.migrations) {
        terminal.line(fmt::format("Migration `{}` marked as applied.", migration.name));
    }
    tell_never_compared(terminal, baseline.never_compared);
    return finish(context, baseline);
}

}  // namespace

extern Command const baseline;
constinit Command const baseline{
    .name = "baseline",
    .group = CommandGroup::repair,
    .prisma = "",
    .summary = "Mark migrations as applied in a database that already contains them",
    .description =
        "For a database that was not created by these migrations: replays them in a scratch "
        "database and, if the result matches the database, records them as applied without running "
        "them. Otherwise it shows the differences and records nothing.",
    .example = "cm-migrate baseline\ncm-migrate baseline --to 20260101000000_init",
    .json = "Print one JSON object: `recorded`, `neverCompared`, `differenceSql`",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
