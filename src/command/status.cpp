// `cm-migrate status`: where a database stands, and what to do about it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/history_report.hpp"
#include "command/json_output.hpp"
#include "command/next_steps.hpp"
#include "command/project_options.hpp"
#include "command/status_json.hpp"
#include "engine/apply_pending.hpp"
#include "engine/diagnosis.hpp"
#include "schema/summary.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    bool strict = false;
    bool replay = false;
};

void options(CLI::App& app, Options& o) {
    app.add_flag("--strict", o.strict,
                 "Also fail if the schema file has changes that no migration contains, or the "
                 "folder of a migration has no migration.sql");
    app.add_flag("--replay", o.replay,
                 "Look for drift by replaying the applied migrations, also if the database "
                 "remembers the state that they left");
    add_read_lock_timeout(app, o.project);
    add_project_options(app, o.project);
}

void list(Terminal& terminal, std::string_view heading, std::vector<std::string> const& names) {
    if (names.empty()) {
        return;
    }
    terminal.line(heading);
    terminal.lines(name_list(names));
    terminal.line();
}

void show_reason(Terminal& terminal, std::string_view logs) {
    auto const said = history::without_step_record(logs);
    if (!said.empty()) {
        terminal.line(fmt::format("PostgreSQL reported: {}", said.substr(0, said.find('\n'))));
    }
}

std::string capitalised(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    return text;
}

void show_failed(Terminal& terminal, engine::Diagnosis const& diagnosis, NextSteps const& next) {
    auto const& history = diagnosis.history;
    if (history.failed.empty()) {
        return;
    }
    if (history::goes_on(history)) {
        auto const& stop = history.stopped.front();
        list(terminal, "Following migration has stopped partway:", history.failed);
        terminal.line(fmt::format("It {}.", engine::describe(stop)));
        terminal.line(fmt::format("Reason: {}", history::stop_reason(stop)));
        terminal.line("The next `cm-migrate deploy` resumes from there.");
        terminal.line();
        return;
    }
    list(terminal, "Following migration has failed:", history.failed);
    if (auto const* const stopped = engine::stop_of_first(history)) {
        terminal.line(fmt::format("It {}.", engine::describe(*stopped)));
        show_reason(terminal, stopped->entry.logs.value_or(""));
    } else if (!history.failed_elsewhere.empty()) {
        terminal.line("It is missing from the migrations folder: restore it from version control.");
    }
    for (auto const& way : engine::ways_out(history)) {
        terminal.line(
            fmt::format("{}{}", capitalised(way.when), way.when.ends_with(", then") ? "" : ":"));
        terminal.line(fmt::format("  cm-migrate {}{}", way.command, next.local));
    }
    terminal.line();
}

void show_pending(Terminal& terminal, engine::Diagnosis const& diagnosis, NextSteps const& next) {
    auto const& history = diagnosis.history;
    list(terminal, "Being applied by another cm-migrate:", diagnosis.running);
    if (history.pending.empty()) {
        return;
    }
    if (diagnosis.unknown_history) {
        list(terminal, "No records exist for:", history.pending);
        return;
    }
    list(terminal,
         history.pending.size() == 1 ? "Following migration has not yet been applied:"
                                     : "Following migrations have not yet been applied:",
         history.pending);
    for (auto const& attempt : history.undone) {
        terminal.line(fmt::format("The last attempt to apply `{}` was rolled back: {}",
                                  attempt.name, attempt.reason));
        terminal.line();
    }
    if (next.can_dev) {
        terminal.line("To apply migrations in development, run `cm-migrate dev`.");
    }
    if (next.can_deploy) {
        terminal.line(fmt::format("To apply migrations in production, run `cm-migrate deploy{}`.",
                                  next.local));
    }
    if (next.can_dev || next.can_deploy) {
        terminal.line();
    }
}

void show_unknown_history(Terminal& terminal, engine::Diagnosis const& diagnosis,
                          NextSteps const& next) {
    if (!diagnosis.unknown_history) {
        return;
    }
    using Kind = engine::Takeover::Kind;
    auto const takeover = diagnosis.takeover.value_or(engine::Takeover{});
    terminal.line("The database is not empty, but no migrations are recorded in it.");
    if (takeover.prisma_is_elsewhere) {
        terminal.line(
            "Prisma's migrations table exists, but none of its migrations are in the folder.");
    }
    switch (takeover.kind) {
        case Kind::adopt:
            terminal.line("Prisma's migrations table exists. To adopt its history, run");
            terminal.line(fmt::format("  cm-migrate adopt{}", next.local));
            break;
        case Kind::adopt_by_force:
            terminal.line(
                "Prisma's migrations table exists, but some of its migrations are missing from the "
                "folder or were edited.");
            terminal.line("Restore the folder; or to adopt the history as it is, run");
            terminal.line(fmt::format("  cm-migrate adopt --force{}", next.local));
            break;
        case Kind::baseline:
            terminal.line("It matches the migrations. To record them as applied, run");
            terminal.line(fmt::format("  cm-migrate baseline{}", next.local));
            break;
        case Kind::baseline_to:
            terminal.line(
                fmt::format("It matches the migrations up to `{}`. To record those as applied, run",
                            takeover.name));
            terminal.line(
                fmt::format("  cm-migrate baseline --to {}{}", takeover.name, next.local));
            break;
        case Kind::by_hand:
            terminal.line("For each migration whose tables already exist, run");
            terminal.line(fmt::format("  cm-migrate resolve --applied {}{}",
                                      diagnosis.history.pending.front(), next.local));
            break;
    }
    terminal.line();
}

/// What an earlier deploy has seen already, and what all of it was compared with.
void show_comparison(Terminal& terminal, engine::Diagnosis const& diagnosis) {
    auto const all = schema::summary(diagnosis.drift->plan);
    for (auto const& seen : diagnosis.seen_drifts) {
        auto const part = schema::summary(seen.plan);
        auto const is_all = part == all;
        terminal.line(fmt::format("{} already there on {}, before `{}` was applied{}",
                                  is_all ? "All of it was" : "Part of it was", seen.seen_at,
                                  seen.migration, is_all ? "." : ":"));
        terminal.line();
        if (is_all) continue;
        terminal.lines(part);
        terminal.line();
    }
    if (diagnosis.recorded_at) {
        terminal.line(
            fmt::format("Compared with the state that was recorded on {} after migrations were "
                        "applied (`--replay` compares with a replay).",
                        *diagnosis.recorded_at));
    }
}

void show_drift(Terminal& terminal, engine::Diagnosis const& diagnosis, NextSteps const& next) {
    if (diagnosis.drift) {
        terminal.line("Drift detected: the database does not match its migration history.");
        terminal.line();
        terminal.lines(schema::summary(diagnosis.drift->plan));
        terminal.line();
        show_comparison(terminal, diagnosis);
        if (next.can_dev) {
            terminal.line("Run `cm-migrate dev` to create a migration from it, or to revert it.");
        } else if (diagnosis.protected_as) {
            terminal.line(
                fmt::format("The database is protected as `{}`, so `cm-migrate dev` refuses to run "
                            "on it: create a migration",
                            *diagnosis.protected_as));
            terminal.line(
                fmt::format("for the change in development and record it here with `cm-migrate "
                            "resolve --applied NAME{}`, or revert the change manually.",
                            next.local));
        } else {
            terminal.line(
                "Create a migration for it where the schema file is, or revert the change "
                "manually.");
        }
        terminal.line();
    }
    if (diagnosis.drift_unknown && diagnosis.not_verified.empty() && !diagnosis.unknown_history) {
        terminal.line(fmt::format("Drift was not checked: {}", *diagnosis.drift_unknown));
        terminal.line();
    }
}

/// A reason or note of several lines stays together.
std::string indented(std::string text) {
    for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
        text.insert(at + 1, "    ");
    }
    return text;
}

void show_not_verified(Terminal& terminal, engine::Diagnosis const& diagnosis) {
    for (auto const& one : diagnosis.not_verified) {
        terminal.line(fmt::format("Not verified: {}", one.what));
        terminal.line(fmt::format("  = reason: {}", indented(one.reason)));
        for (auto const& note : one.notes) {
            terminal.line(fmt::format("  = note: {}", indented(note)));
        }
        for (auto const& remedy : one.remedies) {
            terminal.line(fmt::format("  = help: {}", remedy));
        }
        terminal.line();
    }
}

void show_schema_file(Terminal& terminal, engine::Diagnosis const& diagnosis,
                      NextSteps const& next) {
    if (diagnosis.unmigrated) {
        terminal.line(diagnosis.is_pushed
                          ? "The schema has changes that were not pushed:"
                          : "The schema file has changes that no migration contains:");
        terminal.line();
        terminal.lines(schema::summary(diagnosis.unmigrated->plan));
        terminal.line();
        if (diagnosis.is_pushed || next.can_dev) {
            terminal.line(diagnosis.is_pushed
                              ? "Run `cm-migrate push` to apply them, or "
                                "`cm-migrate dev` for a migration."
                              : "Run `cm-migrate dev` to create a migration from them.");
            terminal.line();
        }
    }
    if (diagnosis.unreadable) {
        terminal.line(fmt::format("The schema file was not compared: {}", *diagnosis.unreadable));
        terminal.line("Run `cm-migrate validate` to see all errors in it.");
        terminal.line();
    }
}

ExitCode verdict(engine::Diagnosis const& diagnosis, bool strict) {
    auto const& history = diagnosis.history;
    auto const goes_on = history::goes_on(history);
    if (!history.failed.empty() && !goes_on) return ExitCode::failed_migration;
    if (diagnosis.drift || !history.edited.empty() || !history.missing.empty() ||
        (strict && diagnosis.unmigrated)) {
        return ExitCode::drift;
    }
    if (diagnosis.unknown_history) {
        return ExitCode::not_verified;  // what is pending is not known, and `deploy` refuses
    }
    if (!history.pending.empty() || goes_on || !diagnosis.running.empty()) {
        return ExitCode::pending;
    }
    auto const is_verified =
        diagnosis.not_verified.empty() && !(strict && diagnosis.unreadable.has_value());
    return is_verified ? ExitCode::ok : ExitCode::not_verified;
}

/// What was never applied and has lost its file is in nobody's list.
void add_lost_scripts(engine::Diagnosis& diagnosis, engine::Session const& session) {
    for (auto const& name : session.directory.without_script) {
        diagnosis.not_verified.push_back(
            {.what = fmt::format("what the migration `{}` was to do", name),
             .reason = "its folder has no migration.sql",
             .notes = {},
             .remedies = {"restore the file from version control, or remove the folder"}});
    }
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto session = connect_in_project(context, project, engine::WithoutUrl::existing_only);
    announce_migrations(context, session);
    auto diagnosis = engine::diagnose(
        session, [&](pg::LockHolder const& holder) { tell_of_work(context, holder); },
        o.replay ? engine::DriftFrom::replay : engine::DriftFrom::record);
    auto next = next_steps(diagnosis, session);
    next.repeated = context.terminal.repeated();
    if (o.strict) add_lost_scripts(diagnosis, session);
    auto& terminal = context.terminal;
    report_oddities(context, diagnosis.history, next.can_accept_edited);
    show_failed(terminal, diagnosis, next);
    show_pending(terminal, diagnosis, next);
    show_unknown_history(terminal, diagnosis, next);
    show_drift(terminal, diagnosis, next);
    show_not_verified(terminal, diagnosis);
    show_schema_file(terminal, diagnosis, next);
    if (!diagnosis.never_compared.empty()) {
        tell_never_compared(terminal, diagnosis.never_compared);
        terminal.line();
    }
    auto const result = verdict(diagnosis, o.strict);
    if (result == ExitCode::ok && !(diagnosis.is_pushed && diagnosis.unmigrated)) {
        terminal.success("Database schema is up to date!");
        terminal.line();
    }
    list(terminal, "Following migrations have been applied:", diagnosis.history.applied);
    auto fields = status_fields(diagnosis, next);
    fields.push_back({"waitedMs", static_cast<long>(session.connection->read_waited().count())});
    return tell_result(context, std::move(fields), result);
}

}  // namespace

extern Command const status;
constinit Command const status{
    .name = "status",
    .group = CommandGroup::inspect,
    .prisma = "migrate status",
    .summary = "Show the state of migrations and the database",
    .description =
        "Compares the migrations folder, the migrations table, the database and the schema file: "
        "pending, failed, edited and missing migrations, drift, and schema changes that no "
        "migration contains. The exit code is 0 only if the database was checked and is up to date "
        "(3 pending, 4 drift or an edited or missing migration, 5 a failed migration, 8 it could "
        "not be checked, or no migrations are recorded in a database that has tables; --strict: 4 "
        "also if the schema file has changes that no migration contains, 8 if the folder of a "
        "migration has no migration.sql). If another cm-migrate is "
        "running, it is shown; locks on tables are waited for no longer than --lock-timeout.",
    .example = "cm-migrate status\ncm-migrate status --strict --json",
    .json = "Print one JSON object",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
