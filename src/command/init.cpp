// `cm-migrate init`: the first files of a project.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/arguments.hpp"
#include "command/project_options.hpp"
#include "engine/first_project.hpp"
#include "pg/url.hpp"

namespace cm::command {
namespace {

struct Options {
    std::optional<std::string> url{};
    std::string provider = "postgresql";
};

void options(CLI::App& app, Options& o) {
    app.add_option("--url", o.url, "Database URL for .env; arguments show in the list of processes")
        ->type_name("URL");
    take_one_of(
        *app.add_option("--datasource-provider", o.provider, "For the habits of Prisma's users"),
        {"postgresql", "postgres"});
}

ExitCode run(Options const& o, Context& context) {
    if (o.url) {
        pg::parse_url(*o.url);
    }  // a wrong URL is said now, not at the first `dev`
    auto const project = open_project(context, {});
    auto const files = engine::write_first_files(project, o.url);
    for (auto const& name : files.written) {
        context.terminal.line(fmt::format("Written: {}", name));
    }
    for (auto const& name : files.kept) {
        context.terminal.line(fmt::format("Kept as it was: {}", name));
    }
    context.terminal.line();
    context.terminal.line(fmt::format("Next: add a model to {}, then", files.schema));
    context.terminal.line("  cm-migrate dev --name init");
    return ExitCode::ok;
}

}  // namespace

extern Command const init;
constinit Command const init{
    .name = "init",
    .group = CommandGroup::develop,
    .prisma = "init",
    .summary = "Write the first files of a project",
    .description =
        "Writes prisma/schema.prisma (or where prisma.config.ts or cm-migrate.json says), .env and "
        "cm-migrate.json, and never overwrites a file.",
    .example = "cm-migrate init\ncm-migrate init --url postgresql://app@localhost:5432/app",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
