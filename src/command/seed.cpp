// `cm-migrate seed`: fills the database with the project's first rows.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

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
                .help("name an .sql file or a shell command as `seed` in cm-migrate.json"));
    }
    auto const datasource = engine::read_datasource(project, context.sources);
    auto const target =
        engine::find_target(project, datasource, engine::WithoutUrl::use_private_server);
    announce(context, target, datasource);
    run_seed(context, project, target, o.arguments);
    return ExitCode::ok;
}

}  // namespace

extern Command const seed;
constinit Command const seed{
    .name = "seed",
    .group = CommandGroup::develop,
    .prisma = "db seed",
    .summary = "Run the project's seed",
    .description =
        "Runs what `seed` in cm-migrate.json (or prisma.config.ts, or \"prisma.seed\" in "
        "package.json) names: an .sql "
        "file, in one "
        "transaction, or a shell command, with DATABASE_URL set.",
    .example = "cm-migrate seed\ncm-migrate seed -- --environment staging",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
