// `cm-migrate reset`: empties the schemas of the project and applies all migrations again; on
// explicit request only.
#include "engine/reset.hpp"

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/project_options.hpp"
#include "command/project_scripts.hpp"
#include "command/protection_dialogue.hpp"
#include "command/reset_dialogue.hpp"
#include "pg/database.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    bool force = false;
    bool skip_seed = false;
    bool skip_generate = false;
    ApplyOptions apply{};
};

void options(CLI::App& app, Options& o) {
    app.add_flag("-f,--force", o.force, "Do not ask");
    app.add_flag("--skip-seed", o.skip_seed, "Do not run the seed");
    app.add_flag("--skip-generate,--skip-generators", o.skip_generate,
                 "Do not run the generate command");
    add_apply_options(app, o.apply);
    add_project_options(app, o.project);
}

/// Empties the schemas of the project; false if the user said no.
bool empty_schemas(Options const& o, Context& context, engine::Session& session) {
    if (!confirm_protected(context, session, "reset")) {
        return false;
    }
    auto const plan = engine::plan_reset(session);
    if (!confirm_reset(context, session, plan, o.force, "`cm-migrate reset` without `--force`")) {
        context.terminal.line("Nothing was done.");
        return false;
    }
    engine::reset(session, plan, settings(o.apply), apply_events(context));
    return true;
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto const datasource = engine::read_datasource(project, context.sources);
    auto const target =
        engine::find_target(project, datasource, engine::WithoutUrl::use_private_server);
    announce(context, target, datasource);
    if (!o.force) {
        require_terminal_for_reset(context);
    }
    if (!pg::database_exists(target.url)) {
        pg::create_database(target.url);
    }
    auto session =
        engine::open_session(project, context.sources, target, datasource, progress(context));
    session.connection->set_read_lock_timeout(settings(o.apply).lock_timeout);
    engine::take_lock(session, waiting_for_lock(context), lock_wait(o.apply.lock_wait));
    engine::read_directory_again(session);
    if (!empty_schemas(o, context, session)) {
        return ExitCode::failure;
    }
    std::vector<std::string> applied{};
    engine::after_reset([&] {
        applied = engine::apply_pending(session, settings(o.apply), apply_events(context));
    });
    if (!applied.empty()) {
        context.terminal.line();
    }
    context.terminal.success("Database reset successful");
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
        "Empties the schemas that the project manages, applies all migrations, runs the generate "
        "command and the seed. Asks first, naming schemas, tables and numbers of rows; without a "
        "terminal it needs --force. Other schemas stay as they are, and so do owner, privileges, "
        "settings and comments of the database and of the schemas. Waits for another cm-migrate to "
        "finish. What other schemas have that depends on the emptied ones is never dropped without "
        "a question.",
    .example = "cm-migrate reset\ncm-migrate reset --force --skip-seed",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
