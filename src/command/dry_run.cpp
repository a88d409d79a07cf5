// What the dry runs of several commands share.
#include "command/dry_run.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/plural.hpp"
#include "command/json_output.hpp"
#include "engine/diff_sources.hpp"
#include "pg/database.hpp"
#include "pg/pooler.hpp"

namespace cm::command {
namespace {

std::string statements_of(engine::PlannedMigration const& planned) {
    auto const how = planned.in_transaction ? "in one transaction" : "one at a time";
    if (planned.committed > 0) {
        return fmt::format("from statement {} of {} on, {}", planned.committed + 1,
                           planned.statements, how);
    }
    return fmt::format(
        "{} {}", counted(planned.statements, "statement"),
        planned.statements == 1 && !planned.in_transaction ? "outside of a transaction" : how);
}

}  // namespace

void add_dry_run(CLI::App& app, bool& is_dry_run) {
    app.add_flag("--dry-run", is_dry_run,
                 "Show what would be done without making any changes; takes no locks and asks no "
                 "questions; the exit code is that of the real run, as far as it can be known");
}

std::optional<pg::LockHolder> begin_dry_run(Context& context, engine::Session& session) {
    session.is_dry_run = true;
    pg::refuse_transaction_pooler(*session.connection);
    auto holder = engine::find_at_work(session);
    if (holder) tell_of_work(context, *holder);
    return holder;
}

DryRun open_dry_run(Context& context, engine::Project const& project,
                    engine::WithoutUrl without_url) {
    auto const datasource = engine::read_datasource(project, context.sources);
    auto const target = engine::find_existing_target(project, datasource, without_url);
    if (!target) {
        context.terminal.line(
            "The project's private PostgreSQL does not exist yet; it would be set up.");
        context.terminal.line();
        return {};
    }
    announce(context, project, *target, datasource);
    try {
        DryRun run{open_session(context, project, *target, datasource), {}};
        run.at_work = begin_dry_run(context, *run.session);
        return run;
    } catch (Failure const& failure) {
        if (failure.diagnostics().front().code != "CM0404") throw;
    }
    context.terminal.line(
        fmt::format("The database \"{}\" does not exist yet; it would be created.",
                    pg::database_name(target->url)));
    context.terminal.line();
    return {};
}

JsonField at_work_field(std::optional<pg::LockHolder> const& at_work) {
    JsonField field{"atWorkPid", {}};
    if (at_work) field.value = static_cast<long>(at_work->pid);
    return field;
}

engine::Change change_for_new_database(Context& context, engine::Project const& project,
                                       bool after_migrations) {
    engine::Source from = engine::FromEmpty{};
    if (after_migrations) from = engine::FromMigrations{project.migrations.string()};
    return engine::compare_sources(project, context.sources, from,
                                   engine::FromSchema{project.schema.string()}, {},
                                   progress(context));
}

std::vector<engine::PlannedMigration> plan_all(Context& context, engine::Project const& project,
                                               engine::ApplySettings const& settings) {
    auto const directory =
        history::read_directory(engine::path_to_open(project, project.migrations));
    return engine::plan_migrations(directory.migrations, settings, context.sources);
}

void show_planned(Terminal& terminal, std::vector<engine::PlannedMigration> const& planned) {
    if (planned.empty()) return;
    terminal.line(fmt::format("Would apply {}:", counted(planned.size(), "migration")));
    for (auto const& migration : planned) {
        terminal.line(fmt::format("  {}: {}", migration.name, statements_of(migration)));
    }
    terminal.line();
}

void tell_planned(Context& context, std::vector<engine::PlannedMigration> const& planned) {
    for (auto const& migration : planned) {
        tell_event(context, "planned",
                   {{"migration", migration.name},
                    {"statements", static_cast<long>(migration.statements)},
                    {"committed", static_cast<long>(migration.committed)},
                    {"inTransaction", migration.in_transaction}});
    }
    tell_finished(context, {{"applied", std::vector<std::string>{}}, {"dryRun", true}});
}

ExitCode end_dry_run(Context& context) {
    context.terminal.line("Dry run: no changes were made.");
    return ExitCode::ok;
}

}  // namespace cm::command
