// `cm-migrate reset`: empties the schemas of the project and applies all migrations again; on
// explicit request only.
#include "engine/reset.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/plural.hpp"
#include "command/apply_options.hpp"
#include "command/dry_run.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "command/project_scripts.hpp"
#include "command/protection_dialogue.hpp"
#include "command/reset_dialogue.hpp"
#include "pg/database.hpp"

namespace cm::command {
namespace {

constexpr ResetCommand as_written{.words = "reset", .flag = "--force"};

struct Options {
    engine::ProjectOptions project{};
    bool force = false;
    bool skip_seed = false;
    bool skip_generate = false;
    bool dry_run = false;
    ApplyOptions apply{};
};

void options(CLI::App& app, Options& o) {
    app.add_flag("-f,--force", o.force, "Do not ask");
    app.add_flag("--skip-seed", o.skip_seed, "Do not run the seed");
    app.add_flag("--skip-generate,--skip-generators", o.skip_generate,
                 "Do not run the generate command");
    add_dry_run(app, o.dry_run);
    add_apply_options(app, o.apply);
    add_project_options(app, o.project);
}

/// Empties the schemas of the project; false if the user said no.
bool empty_schemas(Options const& o, Context& context, engine::Session& session) {
    if (!confirm_protected(context, session, "reset")) {
        return false;
    }
    auto const plan = engine::plan_reset(session);
    if (!confirm_reset(context, session, plan, o.force, as_written)) {
        context.terminal.line("No changes were made.");
        return false;
    }
    engine::reset(session, plan, settings(o.apply), apply_events(context));
    return true;
}

ExitCode preview(Options const& o, Context& context, engine::Project const& project) {
    auto run = open_dry_run(context, project, engine::WithoutUrl::use_private_server);
    if (run.session) {
        auto& session = *run.session;
        session.connection->set_read_lock_timeout(settings(o.apply).lock_timeout);
        confirm_protected(context, session, "reset");
        auto const plan = engine::plan_reset(session);
        confirm_reset(context, session, plan, o.force, as_written);
        if (plan.empty()) context.terminal.line("There is nothing to drop.");
    }
    auto const planned = plan_all(context, project, settings(o.apply));
    show_planned(context.terminal, planned);
    show_scripts(context.terminal, project, {.generate = !o.skip_generate, .seed = !o.skip_seed});
    if (!o.force) {
        require_terminal_for_reset(context, as_written);
    }
    tell_planned(context, planned);
    return end_dry_run(context);
}

ExitCode run(Options const& o, Context& context) {
    context.is_at_work = true;
    auto const project = open_project(context, o.project);
    if (o.dry_run) {
        return preview(o, context, project);
    }
    auto const datasource = engine::read_datasource(project, context.sources);
    auto const target =
        engine::find_target(project, datasource, engine::WithoutUrl::use_private_server);
    announce(context, project, target, datasource);
    if (!o.force) {
        require_terminal_for_reset(context, as_written);
    }
    if (!pg::database_exists(target.url)) {
        pg::create_database(target.url);
    }
    auto session = open_session(context, project, target, datasource);
    session.connection->set_read_lock_timeout(settings(o.apply).lock_timeout);
    engine::take_lock(session, waiting_for_lock(context), lock_wait(o.apply.lock_wait));
    engine::read_directory_again(session);
    if (!empty_schemas(o, context, session)) {
        return ExitCode::failure;
    }
    std::vector<std::string> applied{};
    Stopwatch const total{};
    engine::after_reset([&] {
        applied = engine::apply_pending(session, settings(o.apply), apply_events(context));
    });
    if (!applied.empty()) {
        context.terminal.line();
    }
    context.terminal.success(fmt::format("Database reset successful (applied {} in {})",
                                         counted(applied.size(), "migration"),
                                         format_duration(total.elapsed())));
    if (context.terminal.writes_only_data()) {
        return tell_finished(context, {{"applied", applied}, elapsed_field(total)});
    }
    run_scripts(context, project, target, {.generate = !o.skip_generate, .seed = !o.skip_seed});
    return ExitCode::ok;
}

}  // namespace

extern Command const reset;
constinit Command const reset{
    .name = "reset",
    .group = CommandGroup::develop,
    .prisma = "migrate reset",
    .summary = "Delete all data and apply all migrations again",
    .description =
        "Empties the schemas that the project manages, applies all migrations, then runs the "
        "generate command and the seed. Asks for confirmation first, listing schemas, tables and "
        "row counts; without a terminal it needs --force. Other schemas are not changed, nor are "
        "the owner, privileges, settings and comments of the database and its schemas. Waits for "
        "another cm-migrate to finish. Default privileges that statements of its migrations give "
        "or "
        "take are undone; others stay, those from DO blocks included. Objects in other schemas "
        "that depend on the emptied ones, and "
        "objects outside of any schema that no recorded migration has created (extensions, "
        "event triggers, languages, casts), are never dropped without confirmation.",
    .example = "cm-migrate reset\ncm-migrate reset --force --skip-seed",
    .json =
        "Print events as JSON, one object per line; does not run the generate command or the "
        "seed",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
