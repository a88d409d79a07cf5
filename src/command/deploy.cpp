// `cm-migrate deploy`: applies what is pending, and nothing else.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/history_report.hpp"
#include "command/json_report.hpp"
#include "command/project_options.hpp"
#include "engine/foreign_history.hpp"
#include "pg/database.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    ApplyOptions apply{};
    bool single_transaction = false;
    bool resume = false;
    std::optional<std::size_t> resume_from{};
    bool strict = false;
    bool json = false;
};

void options(CLI::App& app, Options& o) {
    app.add_flag("--resume", o.resume, "Go on with a migration that stopped halfway");
    app.add_option("--resume-from", o.resume_from,
                   "The same, from this statement on: when PostgreSQL cannot tell whether the one "
                   "before has taken effect")
        ->type_name("N")
        ->check(CLI::Range(1, 1000000).description(""));
    app.add_flag("--single-transaction", o.single_transaction,
                 "Apply all pending migrations or none");
    app.add_flag("--strict", o.strict,
                 "Refuse when migrations are edited, missing or out of order");
    app.add_flag("--json", o.json, "Print an object a line for each thing that happens");
    add_apply_options(app, o.apply);
    add_project_options(app, o.project);
}

engine::ApplySettings settings_of(Options const& o) {
    auto result = settings(o.apply);
    result.single_transaction = o.single_transaction;
    result.resume = o.resume || o.resume_from.has_value();
    result.resume_from = o.resume_from;
    return result;
}

ExitCode run(Options const& o, Context& context) {
    if (o.json) {
        context.terminal.only_data();
    }
    auto const project = open_project(context, o.project);
    auto session = open_history(context, project, o.apply.lock_wait, MissingDatabase::create);
    if (o.json && session.database_is_new) {
        context.terminal.data(json_line({{"event", std::string("created")},
                                         {"database", pg::database_name(session.target.url)}}));
    }
    session.connection->set_read_lock_timeout(settings(o.apply).lock_timeout);
    // Whoever is at work in spite of our lock is known by its name: a session that outlived its
    // process, or the project of another migrations table.
    auto const situation = engine::look_at_history(session);
    if (situation.at_work) {
        tell_of_work(context.terminal, *situation.at_work);
    }
    auto const& comparison = situation.history;
    engine::refuse_foreign_history(session, comparison);
    if (o.strict) {
        refuse_oddities(comparison);
    }
    report_oddities(context, comparison);
    if (o.json) {
        context.terminal.data(json_line({{"event", std::string("started")},
                                         {"pending", comparison.pending},
                                         {"edited", comparison.edited},
                                         {"missing", comparison.missing},
                                         {"outOfOrder", comparison.out_of_order}}));
    }
    auto const applied = engine::apply_pending(
        session, settings_of(o), o.json ? json_events(context) : apply_events(context), comparison);
    if (o.json) {
        context.terminal.data(json_line(
            {{"event", std::string("finished")}, {"exitCode", 0L}, {"applied", applied}}));
    }
    if (applied.empty()) {
        context.terminal.line("No pending migrations to apply.");
        return ExitCode::ok;
    }
    context.terminal.line();
    context.terminal.success("All migrations have been successfully applied.");
    return ExitCode::ok;
}

}  // namespace

extern Command const deploy;
constinit Command const deploy{
    .name = "deploy",
    .group = CommandGroup::deploy,
    .prisma = "migrate deploy",
    .summary = "Apply pending migrations",
    .description =
        "Applies the pending migrations in order, each in one transaction with its record. A file "
        "that cannot be one (CREATE INDEX CONCURRENTLY, VACUUM, or `-- cm-migrate: no-transaction` "
        "at its top) goes step by step, each step recorded; if a lock, a lost connection or a "
        "signal "
        "stops it halfway, the next `deploy` goes on by itself, and after anything else --resume "
        "does. "
        "What waits longer for a lock than --lock-timeout is undone and tried again, so that "
        "nobody has to queue behind it. Never makes a migration, never resets anything, and is "
        "safe to run twice and to run twice at once. A database that does not exist is created. "
        "Needs a URL: it does not fall back to the "
        "private PostgreSQL unless told so with --local. With --json it prints an object a line: "
        "`event` is `created` (`database`, which did not exist), `started` (`pending`, `edited`, "
        "`missing`, `outOfOrder`), `applying` and "
        "`applied` (`migration`), `running` (`elapsedMs`, `work`, `phase`, `percent`, "
        "`blockedBy`), "
        "`retrying` (`sqlstate`, `message`, `attempt`, `attempts`, `pauseMs`), `lost` (`message`, "
        "`attempt`, "
        "`elapsedMs`), "
        "`settled`, "
        "`goingOn` (`migration`, `done`, `total`, `reason`), `notice` (`migration`, "
        "`severity`, `sqlstate`, `message`, `detail`, `hint`), `notices` (`leftOut`), "
        "`finished` "
        "(`applied`) or `failed` (`exitCode`, `diagnostics` as `validate --json` has them).",
    .example = "cm-migrate deploy\nDATABASE_URL=postgresql://app@db/app cm-migrate deploy",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
