// `cm-migrate baseline`: the first migrations are in the database already.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/history_report.hpp"
#include "command/project_options.hpp"
#include "engine/foreign_history.hpp"
#include "engine/history_takeover.hpp"
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
    app.add_option("--to", o.to, "The last migration that is in the database (default: all)")
        ->type_name("MIGRATION");
    app.add_flag("-f,--force", o.force, "Even if the database is not what they lead to");
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
    terminal.line("The database is not what these migrations lead to. It differs by:");
    terminal.line();
    terminal.text(schema::summary(baseline.difference->plan));
    terminal.line();
    return o.force;
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto session = open_history(context, project, o.lock_wait);
    auto const baseline = engine::plan_baseline(session, o.to);
    auto& terminal = context.terminal;
    if (baseline.migrations.empty()) {
        refuse_missing(session, baseline.history);
        terminal.line("There is nothing to mark as applied.");
        return ExitCode::ok;
    }
    report_oddities(context, baseline.history);
    if (!accept(o, context, baseline)) {
        engine::refuse_foreign_history(session, baseline.history);
        throw Failure(
            error("CM0528", "the database is not what its migrations would lead to")
                .note("nothing was recorded")
                .help("name the last migration that is in it with `--to NAME`, or bring one into "
                      "line with the other")
                .help("`--force` records them all the same"),
            ExitCode::drift);
    }
    engine::record_baseline(session, baseline);
    for (auto const& migration : baseline.migrations) {
        terminal.line(fmt::format("Migration `{}` marked as applied.", migration.name));
    }
    tell_never_compared(terminal, baseline.never_compared);
    return ExitCode::ok;
}

}  // namespace

extern Command const baseline;
constinit Command const baseline{
    .name = "baseline",
    .group = CommandGroup::repair,
    .prisma = "",
    .summary = "Mark migrations as applied on a database that has them already",
    .description =
        "For a database that came from elsewhere: replays the migrations in a scratch database, "
        "and "
        "if they lead to the very schema that the database has, records them as applied without "
        "running them. Otherwise it shows the difference and records nothing.",
    .example = "cm-migrate baseline\ncm-migrate baseline --to 20260101000000_init",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
