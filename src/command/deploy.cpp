// `cm-migrate deploy`: applies what is pending, and nothing else.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "command/apply_options.hpp"
#include "command/dry_run.hpp"
#include "command/history_report.hpp"
#include "command/json_output.hpp"
#include "command/lint_output.hpp"
#include "command/project_options.hpp"
#include "engine/lint.hpp"
#include "engine/takeover_advice.hpp"
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
    bool lint = false;
    bool dry_run = false;
};

void options(CLI::App& app, Options& o) {
    app.add_flag("--resume", o.resume, "Resume a migration that stopped partway");
    app.add_option(
           "--resume-from", o.resume_from,
           "Resume from this statement, when it is unknown whether the previous one took effect")
        ->type_name("N")
        ->check(CLI::Range(1, 1000000).description(""));
    app.add_flag("--single-transaction", o.single_transaction,
                 "Apply all pending migrations in one transaction");
    app.add_flag("--strict", o.strict,
                 "Fail if migrations were edited, are missing, out of order or without their "
                 "migration.sql");
    app.add_flag("--lint", o.lint,
                 "Lint pending migrations first, and apply none if there is an error");
    add_dry_run(app, o.dry_run);
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

/// Reports what is odd about a history that may be applied.
void examine(Options const& o, Context& context, engine::Session const& session,
             history::Comparison const& comparison) {
    engine::refuse_foreign_history(session, comparison);
    if (o.strict) {
        refuse_oddities(comparison, session.directory);
    }
    report_oddities(context, comparison);
}

/// With --lint. What is found is said; an error stops the command.
void lint_pending(Options const& o, Context& context, engine::Session& session,
                  history::Comparison const& comparison) {
    if (!o.lint) return;
    auto const findings = engine::lint_pending(session, comparison.pending).findings;
    auto diagnostics = to_diagnostics(findings);
    auto const is_error = [](Diagnostic const& it) { return it.severity == Severity::error; };
    if (std::none_of(diagnostics.begin(), diagnostics.end(), is_error)) {
        if (!diagnostics.empty()) context.terminal.report(diagnostics, context.sources);
        return;
    }
    diagnostics.push_back(
        error("CM0074", "the pending migrations have lint errors")
            .note("nothing was applied")
            .help("correct them, or accept a finding with `-- cm-migrate: allow RULE REASON` "
                  "above its statement"));
    throw Failure(std::move(diagnostics));
}

JsonObject started_fields(history::Comparison const& comparison) {
    return {{"pending", comparison.pending},
            {"edited", comparison.edited},
            {"missing", comparison.missing},
            {"outOfOrder", comparison.out_of_order}};
}

/// For a program: the events that a dry run has.
void tell_dry_run(Context& context, DryRun const& run, history::Comparison const& comparison,
                  std::vector<engine::PlannedMigration> const& planned) {
    auto started = started_fields(comparison);
    started.push_back({"dryRun", true});
    started.push_back({"createsDatabase", !run.session.has_value()});
    started.push_back(at_work_field(run.at_work));
    tell_event(context, "started", std::move(started));
    tell_planned(context, planned);
}

ExitCode preview(Options const& o, Context& context, engine::Project const& project) {
    auto run = open_dry_run(context, project, engine::WithoutUrl::refuse);
    require_project(project);
    history::Comparison comparison{};
    std::vector<engine::PlannedMigration> planned{};
    if (run.session) {
        auto& session = *run.session;
        announce_migrations(context, session);
        session.connection->set_read_lock_timeout(settings(o.apply).lock_timeout);
        comparison = engine::compare(session);
        examine(o, context, session, comparison);
        lint_pending(o, context, session, comparison);
        planned = engine::plan_pending(session, settings_of(o), comparison);
    } else {
        planned = plan_all(context, project, settings_of(o));
        for (auto const& migration : planned) comparison.pending.push_back(migration.name);
    }
    tell_dry_run(context, run, comparison, planned);
    show_planned(context.terminal, planned);
    if (planned.empty()) {
        context.terminal.line("No pending migrations to apply.");
    }
    return end_dry_run(context);
}

ExitCode run(Options const& o, Context& context) {
    context.is_at_work = true;
    auto const project = open_project(context, o.project);
    if (o.dry_run) {
        return preview(o, context, project);
    }
    auto session = open_history(context, project, o.apply.lock_wait, MissingDatabase::create);
    if (session.database_is_new) {
        tell_event(context, "created", {{"database", pg::database_name(session.target.url)}});
    }
    session.connection->set_read_lock_timeout(settings(o.apply).lock_timeout);
    // Whoever is at work in spite of our lock is known by its name: a session that outlived its
    // process, or the project of another migrations table.
    auto const situation = engine::look_at_history(session);
    if (situation.at_work) {
        tell_of_work(context, *situation.at_work);
    }
    auto const& comparison = situation.history;
    examine(o, context, session, comparison);
    lint_pending(o, context, session, comparison);
    tell_event(context, "started", started_fields(comparison));
    Stopwatch const total{};
    auto const applied =
        engine::apply_pending(session, settings_of(o), apply_events(context), comparison);
    tell_finished(context, {{"applied", applied}, elapsed_field(total)});
    if (applied.empty()) {
        context.terminal.line("No pending migrations to apply.");
        return ExitCode::ok;
    }
    context.terminal.line();
    context.terminal.success(
        fmt::format("All migrations have been successfully applied ({} in total).",
                    format_duration(total.elapsed())));
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
        "Applies pending migrations in order, each in one transaction together with its record. A "
        "file that cannot run in a transaction (CREATE INDEX CONCURRENTLY, VACUUM, or `-- "
        "cm-migrate: no-transaction` at its top) runs statement by statement, and each statement "
        "is recorded; if a lock timeout, a lost connection or a signal stops it partway, the next "
        "`deploy` resumes it automatically, and after any other failure --resume does. A statement "
        "that waits for a lock longer than --lock-timeout is rolled back and retried, so that "
        "other sessions do not queue behind it. Never creates migrations, never resets anything, "
        "and is safe to run twice or concurrently. Creates the database if it does not exist. "
        "Requires a URL: it does not use the private PostgreSQL server unless --local is given.",
    .example = "cm-migrate deploy\nDATABASE_URL=postgresql://app@db/app cm-migrate deploy",
    .json = "Print events as JSON, one object per line",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
