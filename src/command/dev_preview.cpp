// `dev --dry-run`: the steps of `dev` up to the first that would change something.
#include "command/dev_preview.hpp"

#include <fmt/format.h>

#include "command/change_report.hpp"
#include "command/dry_run.hpp"
#include "command/json_output.hpp"
#include "command/project_scripts.hpp"
#include "command/protection_dialogue.hpp"
#include "engine/sql_source/declared_state.hpp"

namespace cm::command {
namespace {

std::vector<std::string> names_of(std::vector<engine::PlannedMigration> const& planned) {
    std::vector<std::string> names{};
    for (auto const& migration : planned) names.push_back(migration.name);
    return names;
}

/// What the next migration would be; none if there is nothing to migrate.
struct NextMigration {
    std::string name{};  ///< empty where a person would be asked for it
    std::string text{};
};

std::optional<NextMigration> next_migration(DevOptions const& o, Context& context,
                                            engine::Project const& project,
                                            history::Directory const& directory,
                                            engine::Change const& change) {
    if (change.empty() && !o.create_only) return {};
    NextMigration next{.text = change.empty() ? std::string{empty_migration} : change.text};
    auto const effect = o.create_only ? "" : " and apply it";
    if (o.name) {
        auto const proposed = history::migration_of(
            engine::path_to_open(project, project.migrations),
            history::next_name(directory, context.timestamp(), history::slug(*o.name)), next.text);
        next.name = proposed.name;
        context.terminal.line(
            fmt::format("Would write {}{}:", engine::display_path(project, proposed.file), effect));
    } else {
        context.terminal.line(fmt::format("Would write a new migration{}:", effect));
    }
    context.terminal.line();
    show_sql(context, next.text);
    context.terminal.line();
    return next;
}

Scripts scripts_after(DevOptions const& o, Context const& context, bool is_new) {
    auto const runs_any = !o.create_only && !context.terminal.writes_only_data();
    return {.generate = runs_any && !o.skip_generate, .seed = runs_any && is_new && !o.skip_seed};
}

void tell_program(Context& context, DryRun const& run,
                  std::vector<engine::PlannedMigration> const& planned,
                  std::optional<NextMigration> const& next) {
    JsonField migration{"migration", {}};
    JsonField sql{"sql", {}};
    if (next && !next->name.empty()) migration.value = next->name;
    if (next) sql.value = next->text;
    tell_result(context, {{"applied", std::vector<std::string>{}},
                          {"pending", names_of(planned)},
                          {"dryRun", true},
                          {"createsDatabase", !run.session},
                          migration,
                          sql,
                          at_work_field(run.at_work)});
}

ExitCode preview_new_database(DevOptions const& o, Context& context,
                              engine::Project const& project) {
    auto const directory =
        history::read_directory(engine::path_to_open(project, project.migrations));
    auto const planned = o.create_only ? std::vector<engine::PlannedMigration>{}
                                       : plan_all(context, project, settings(o.apply));
    show_planned(context.terminal, planned);
    auto const change = change_for_new_database(context, project, !directory.migrations.empty());
    auto const next = next_migration(o, context, project, directory, change);
    if (next && !o.name) require_name(context);
    tell_program(context, {}, planned, next);
    show_scripts(context.terminal, project, scripts_after(o, context, true));
    return end_dry_run(context);
}

}  // namespace

ExitCode preview_dev(DevOptions const& o, Context& context, engine::Project const& project,
                     engine::Declaration const& declaration) {
    auto run = open_dry_run(context, project, engine::WithoutUrl::use_private_server);
    if (!run.session) return preview_new_database(o, context, project);
    auto& session = *run.session;
    session.connection->set_read_lock_timeout(settings(o.apply).lock_timeout);
    confirm_protected(context, session, "dev");
    if (project.is_sql) engine::declared_state(session, declaration);
    auto const history = examine_history(context, session);
    engine::Replay replay{session};
    auto const found = look(o, context, session, replay, declaration, history);
    if (found.drift) {
        auto const ended =
            settle(o, context, session, replay, declaration, *found.drift, found.next);
        if (ended) {
            end_dry_run(context);
            return *ended;
        }
    } else {
        prove(o, context, session, replay, declaration, found.next);
    }
    auto const planned = o.create_only ? std::vector<engine::PlannedMigration>{}
                                       : engine::plan_pending(session, settings(o.apply), history);
    show_planned(context.terminal, planned);
    auto const next = next_migration(o, context, project, session.directory, found.next);
    if (next) {
        accept_migration(o, context, session, found.next, nothing_was_done);
        if (!o.name) require_name(context);
    } else if (planned.empty()) {
        report_nothing_to_do(context);
    }
    tell_program(context, run, planned, next);
    show_scripts(context.terminal, project, scripts_after(o, context, false));
    return end_dry_run(context);
}

}  // namespace cm::command
