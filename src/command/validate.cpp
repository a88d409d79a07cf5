// `cm-migrate validate`: is the schema right?
#include <CLI/CLI.hpp>

#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "engine/sql_source/declared_state.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
};

void options(CLI::App& app, Options& o) {
    add_schema_options(app, o.project);
}

engine::Declaration checked_declaration(engine::Project const& project, Context& context) {
    auto declaration = engine::read_declaration(project, context.sources);
    if (declaration.sql) engine::check_source(project, context.sources, declaration);
    return declaration;
}

/// Nothing but JSON on standard output, whatever is wrong.
ExitCode run_for_programs(Options const& o, Context& context) {
    std::vector<Diagnostic> findings{};
    auto exit_code = ExitCode::ok;
    try {
        auto const project = engine::open_project(context.environment, o.project, context.sources);
        if (project.prisma_config) findings = project.prisma_config->warnings;
        auto const declaration = checked_declaration(project, context);
        findings.insert(findings.end(), declaration.warnings.begin(), declaration.warnings.end());
    } catch (Failure const& failure) {
        findings = failure.diagnostics();
        exit_code = failure.exit_code();
    }
    json_report(exit_code, findings, context.sources, json_ending(context),
                [&](std::string_view piece) { context.terminal.json(piece); });
    return exit_code;
}

ExitCode run(Options const& o, Context& context) {
    if (context.terminal.writes_only_data()) {
        return run_for_programs(o, context);
    }
    auto const project = open_project(context, o.project);
    auto const declaration = checked_declaration(project, context);
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
    .group = CommandGroup::develop,
    .prisma = "validate",
    .summary = "Check the schema and report every error in it",
    .description =
        "Reads the schema file, or all files of a schema folder, and reports all errors at once, "
        "each with its position and what to do about it. Needs no database; a schema in SQL is "
        "loaded "
        "into a scratch database, beside the project's or on a private server.",
    .example =
        "cm-migrate validate\ncm-migrate validate --schema prisma/schema.prisma\n"
        "cm-migrate validate --json",
    .json = "Print one JSON object: `diagnostics`",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
