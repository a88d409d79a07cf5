// `cm-migrate validate`: is the schema right?
#include <CLI/CLI.hpp>

#include "command/project_options.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
};

void options(CLI::App& app, Options& o) {
    add_schema_options(app, o.project);
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto const declaration = engine::read_declaration(project, context.sources);
    if (!declaration.warnings.empty()) {
        context.terminal.report(declaration.warnings, context.sources);
    }
    context.terminal.success("The schema is valid ✔");
    return ExitCode::ok;
}

}  // namespace

extern Command const validate;
constinit Command const validate{
    .name = "validate",
    .prisma = "validate",
    .summary = "Check the schema and report every error in it",
    .description =
        "Reads the schema file, or all files of a schema folder, and reports all errors at once, "
        "each with "
        "its place and what to do about it. Needs no database.",
    .example = "cm-migrate validate\ncm-migrate validate --schema prisma/schema.prisma",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
