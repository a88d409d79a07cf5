// `cm-migrate show`: the values between the stages, for those who work on cm-migrate.
#include <CLI/CLI.hpp>

#include "command/arguments.hpp"
#include "command/project_options.hpp"
#include "dsl/dsl.hpp"
#include "dsl/lexer.hpp"
#include "dsl/printer.hpp"
#include "schema/from_dsl.hpp"
#include "schema/printer.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    std::string stage{};
};

void options(CLI::App& app, Options& o) {
    take_one_of(*app.add_option("STAGE", o.stage, "Which stage")->required(),
                {"tokens", "ast", "schema"});
    add_schema_options(app, o.project);
}

void show_tokens(Context& context, std::vector<FileId> const& files, Diagnostics& diagnostics) {
    for (auto const file : files) {
        dsl::print(dsl::tokenize(context.sources, file, diagnostics), context.sources,
                   [&](std::string_view line) { context.terminal.text(line); });
    }
}

ExitCode run(Options const& o, Context& context) {
    auto const project = engine::open_project(context.environment, o.project, context.sources);
    auto& terminal = context.terminal;
    if (o.stage == "schema") {
        auto const declaration = engine::read_declaration(project, context.sources);
        terminal.text(schema::print(schema::from_dsl(declaration.model, "public")));
        return ExitCode::ok;
    }
    auto const files = engine::load_schema_files(project, project.schema, context.sources);
    Diagnostics diagnostics{};
    if (o.stage == "tokens") {
        show_tokens(context, files, diagnostics);
    } else {
        terminal.text(dsl::print(dsl::parse(context.sources, files, diagnostics), context.sources));
    }
    terminal.report(diagnostics.all(), context.sources);
    return diagnostics.has_errors() ? ExitCode::failure : ExitCode::ok;
}

}  // namespace

extern Command const show;
constinit Command const show{
    .name = "show",
    .group = CommandGroup::inspect,
    .prisma = "",
    .summary = "Show what a stage makes of the schema",
    .description =
        "Prints the tokens or the syntax tree of the schema's files, or the database objects that "
        "they declare, each with the SQL that makes it. For those who work on cm-migrate.",
    .example = "cm-migrate show ast",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); },
    .is_hidden = true};

}  // namespace cm::command
