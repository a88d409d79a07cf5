// `cm-migrate seed`: fills the database with the project's first rows.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "command/project_scripts.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    std::vector<std::string> arguments{};
};

void options(CLI::App& app, Options& o) {
    app.add_option("ARGUMENTS", o.arguments, "Passed on to the seed command, after `--`")
        ->type_name("ARGUMENTS");
    add_project_options(app, o.project);
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    if (!project.seed) {
        throw Failure(
            error("CM0052", "no seed is configured")
                .help("set `seed` in cm-migrate.json to an .sql file or a shell command"));
    }
    auto const datasource = engine::read_datasource(project, context.sources);
    auto const target =
        engine::find_target(project, datasource, engine::WithoutUrl::use_private_server);
    announce(context, project, target, datasource);
    run_seed(context, project, target, o.arguments);
    return tell_result(context, {{"seed", *project.seed}});
}

}  // namespace

extern Command const seed;
constinit Command const seed{
    .name = "seed",
    .group = CommandGroup::develop,
    .prisma = "db seed",
    .summary = "Run the project's seed",
    .description =
        "Runs the seed that is set by `seed` in cm-migrate.json (or prisma.config.ts, or "
        "\"prisma.seed\" in package.json): an .sql file, in one transaction, or a shell command, "
        "with DATABASE_URL set.",
    .example = "cm-migrate seed\ncm-migrate seed -- --environment staging",
    .json = "Print one JSON object: `seed`; the command's own output goes to standard error",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
