// `cm-migrate reset`: empties the database and applies all migrations again; on explicit request
// only.
#include "engine/reset.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/project_options.hpp"
#include "command/project_scripts.hpp"
#include "engine/development.hpp"
#include "pg/database.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    bool force = false;
    bool skip_seed = false;
    bool skip_generate = false;
};

void options(CLI::App& app, Options& o) {
    app.add_flag("-f,--force", o.force, "Do not ask");
    app.add_flag("--skip-seed", o.skip_seed, "Do not run the seed");
    app.add_flag("--skip-generate,--skip-generators", o.skip_generate,
                 "Do not run the generate command");
    add_project_options(app, o.project);
}

/// False if the user said no.
bool is_wanted(Options const& o, Context& context, engine::Target const& target) {
    if (o.force) {
        return true;
    }
    if (!context.terminal.is_interactive()) {
        throw Failure(
            error("CM0003", "`reset` deletes all data, and there is no terminal to ask on")
                .help("pass `--force` if that is what you want"),
            ExitCode::usage);
    }
    return context.terminal.confirm(
        fmt::format("All data in the {} will be lost. Reset it?", describe(target)));
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto const datasource = engine::read_datasource(project, context.sources);
    auto const target =
        engine::find_target(project, datasource, engine::WithoutUrl::use_private_server);
    announce(context, target, datasource);
    if (!is_wanted(o, context, target)) {
        context.terminal.line("Nothing was done.");
        return ExitCode::failure;
    }
    refuse_protected(project, target, "reset");
    if (!pg::database_exists(target.url)) {
        pg::create_database(target.url);
    }
    engine::reset_database(project, target, engine::managed_schemas(datasource, target.url),
                           context.sources, apply_events(context));
    auto session =
        engine::open_session(project, context.sources, target, datasource, progress(context));
    engine::take_lock(session, waiting_for_lock(context));
    auto const applied = engine::apply_pending(session, {}, apply_events(context));
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
    .prisma = "migrate reset",
    .summary = "Delete all data and apply all migrations again",
    .description =
        "Drops the database and makes it anew (where the role may not do that: drops what is in "
        "the schemas "
        "that the project manages), applies all migrations, runs the generate command and the "
        "seed. Asks "
        "first; without a terminal it needs --force.",
    .example = "cm-migrate reset\ncm-migrate reset --force --skip-seed",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
