// `cm-migrate status`: where a database stands, and what to do about it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/history_report.hpp"
#include "command/json_report.hpp"
#include "command/project_options.hpp"
#include "engine/apply_pending.hpp"
#include "engine/diagnosis.hpp"
#include "schema/summary.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    bool json = false;
};

void options(CLI::App& app, Options& o) {
    app.add_flag("--json", o.json, "Print one object");
    add_project_options(app, o.project);
}

void list(Terminal& terminal, std::string_view heading, std::vector<std::string> const& names) {
    if (names.empty()) {
        return;
    }
    terminal.line(heading);
    terminal.text(name_list(names));
    terminal.line();
}

void show_reason(Terminal& terminal, std::string_view logs) {
    auto const said = history::without_step_record(logs);
    if (!said.empty()) {
        terminal.line(fmt::format("PostgreSQL said: {}", said.substr(0, said.find('\n'))));
    }
}

void show_failed(Terminal& terminal, history::Comparison const& history) {
    if (history.failed.empty()) {
        return;
    }
    list(terminal, "Following migration has failed:", history.failed);
    auto const& name = history.failed.front();
    if (!history.stopped.empty()) {
        terminal.line(fmt::format("It {}.", engine::describe(history.stopped.front())));
        show_reason(terminal, history.stopped.front().entry.logs.value_or(""));
        terminal.line("To go on from there (what comes next may be corrected first):");
        terminal.line("  cm-migrate deploy --resume");
        terminal.line("If you have undone by hand what was carried out:");
        terminal.line(fmt::format("  cm-migrate resolve --rolled-back {}", name));
        terminal.line("If you have carried out the rest by hand:");
        terminal.line(fmt::format("  cm-migrate resolve --applied {}", name));
        terminal.line();
        return;
    }
    terminal.line("If the database is as it was before: correct the file, then");
    terminal.line(fmt::format("  cm-migrate resolve --rolled-back {}", name));
    terminal.line("If what it does is done by now:");
    terminal.line(fmt::format("  cm-migrate resolve --applied {}", name));
    terminal.line();
}

void show_pending(Terminal& terminal, history::Comparison const& history) {
    if (history.pending.empty()) {
        return;
    }
    list(terminal,
         history.pending.size() == 1 ? "Following migration has not yet been applied:"
                                     : "Following migrations have not yet been applied:",
         history.pending);
    for (auto const& attempt : history.undone) {
        terminal.line(
            fmt::format("The last attempt at `{}` was undone: {}", attempt.name, attempt.reason));
        terminal.line();
    }
    terminal.line("To apply migrations in development, run `cm-migrate dev`.");
    terminal.line("To apply migrations in production, run `cm-migrate deploy`.");
    terminal.line();
}

void show_unknown_history(Terminal& terminal, engine::Diagnosis const& diagnosis) {
    if (!diagnosis.unknown_history) {
        return;
    }
    terminal.line("The database is not empty, and it has no record of migrations.");
    terminal.line("For each migration whose tables are there already, run");
    terminal.line(
        fmt::format("  cm-migrate resolve --applied {}", diagnosis.history.pending.front()));
    terminal.line();
}

void show_drift(Terminal& terminal, engine::Diagnosis const& diagnosis) {
    if (diagnosis.drift) {
        terminal.line("Drift detected: the database is not what its applied migrations lead to.");
        terminal.line();
        terminal.text(schema::summary(diagnosis.drift->plan));
        terminal.line();
        terminal.line("`cm-migrate dev` helps to make a migration of it, or to undo it.");
        terminal.line();
    }
    if (diagnosis.drift_unknown) {
        terminal.line(fmt::format("Drift was not looked for: {}", *diagnosis.drift_unknown));
        terminal.line();
    }
}

ExitCode verdict(engine::Diagnosis const& diagnosis) {
    auto const& history = diagnosis.history;
    if (!history.failed.empty()) {
        return ExitCode::failed_migration;
    }
    if (diagnosis.drift || !history.edited.empty() || !history.missing.empty()) {
        return ExitCode::drift;
    }
    return history.pending.empty() ? ExitCode::ok : ExitCode::pending;
}

/// Strings for those who only show them; numbers are in the ledger.
std::string to_json(engine::Diagnosis const& diagnosis) {
    auto const& history = diagnosis.history;
    std::vector<std::string> stopped{}, undone{};
    for (auto const& stop : history.stopped) {
        stopped.push_back(stop.entry.migration_name + " " + engine::describe(stop));
    }
    for (auto const& attempt : history.undone) {
        undone.push_back(attempt.name + ": " + attempt.reason);
    }
    JsonField drift{"drift", diagnosis.drift.has_value()};
    JsonField reason{"driftUnknown", {}};
    if (diagnosis.drift_unknown) {
        drift.value = {};
        reason.value = *diagnosis.drift_unknown;
    }
    return json_line({{"exitCode", static_cast<long>(verdict(diagnosis))},
                      {"applied", history.applied},
                      {"pending", history.pending},
                      {"failed", history.failed},
                      {"stopped", stopped},
                      {"undone", undone},
                      {"edited", history.edited},
                      {"missing", history.missing},
                      {"outOfOrder", history.out_of_order},
                      {"unknownHistory", diagnosis.unknown_history.has_value()},
                      drift,
                      reason,
                      {"driftSql", diagnosis.drift ? diagnosis.drift->text : std::string{}}});
}

ExitCode run(Options const& o, Context& context) {
    if (o.json) {
        context.terminal.only_data();
    }
    auto const project = open_project(context, o.project);
    auto session = connect(context, project, engine::WithoutUrl::use_what_is_there);
    announce_migrations(context, session);
    auto const diagnosis = engine::diagnose(session);
    auto& terminal = context.terminal;
    if (o.json) {
        terminal.data(to_json(diagnosis));
    }
    report_oddities(context, diagnosis.history);
    show_failed(terminal, diagnosis.history);
    show_pending(terminal, diagnosis.history);
    show_unknown_history(terminal, diagnosis);
    show_drift(terminal, diagnosis);
    auto const result = verdict(diagnosis);
    if (result == ExitCode::ok) {
        terminal.success("Database schema is up to date!");
        terminal.line();
    }
    list(terminal, "Following migrations have been applied:", diagnosis.history.applied);
    return result;
}

}  // namespace

extern Command const status;
constinit Command const status{
    .name = "status",
    .prisma = "migrate status",
    .summary = "Show where the database stands",
    .description =
        "Compares the migrations folder, the migrations table and the database: pending, failed, "
        "edited and "
        "missing migrations, and drift. The exit code is 0 only if everything is up to date (3 "
        "pending, 4 drift "
        "or an edited or missing migration, 5 a failed migration). With --json it prints one "
        "object: "
        "`exitCode`, the lists `applied`, `pending`, `failed`, `stopped`, `undone`, `edited`, "
        "`missing`, `outOfOrder`, and `unknownHistory`, `drift` (null if `driftUnknown` says why "
        "it "
        "was not looked for), `driftSql`.",
    .example = "cm-migrate status",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
