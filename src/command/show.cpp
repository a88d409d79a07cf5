// `cm-migrate show`: the values between the stages, for those who work on cm-migrate.
#include <CLI/CLI.hpp>

#include "command/arguments.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "dsl/dsl.hpp"
#include "dsl/lexer.hpp"
#include "dsl/printer.hpp"
#include "engine/declaration.hpp"
#include "schema/from_dsl.hpp"
#include "schema/printer.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    std::string stage{};
};

void options(CLI::App& app, Options& o) {
    take_one_of(*app.add_option("STAGE", o.stage, "What to print")->required(),
                {"tokens", "ast", "schema"});
    add_schema_options(app, o.project);
}

std::string tokens_of(Context& context, std::vector<FileId> const& files,
                      Diagnostics& diagnostics) {
    std::string text{};
    for (auto const file : files) {
        dsl::print(dsl::tokenize(context.sources, file, diagnostics), context.sources,
                   [&](std::string_view line) { text += line; });
    }
    return text;
}

ExitCode finish(Options const& o, Context& context, std::string const& text,
                ExitCode exit_code = ExitCode::ok) {
    context.terminal.result(text);
    return tell_result(context, {{"stage", o.stage}, {"text", text}}, exit_code);
}

ExitCode run(Options const& o, Context& context) {
    auto const project = engine::open_project(context.environment, o.project, context.sources);
    if (o.stage == "schema") {
        auto const declaration = engine::read_declaration(project, context.sources);
        return finish(o, context, schema::print(schema::from_dsl(declaration.model, "public")));
    }
    auto const files = engine::load_schema_files(project, project.schema, context.sources);
    Diagnostics diagnostics{};
    auto const text =
        o.stage == "tokens"
            ? tokens_of(context, files, diagnostics)
            : dsl::print(dsl::parse(context.sources, files, diagnostics), context.sources);
    context.terminal.report(diagnostics.all(), context.sources);
    return finish(o, context, text, diagnostics.has_errors() ? ExitCode::failure : ExitCode::ok);
}

}  // namespace

extern Command const show;
constinit Command const show{
    .name = "show",
    .group = CommandGroup::inspect,
    .prisma = "",
    .summary = "Print an internal representation of the schema",
    .description =
        "Prints the tokens or the syntax tree of the schema files, or the database objects that "
        "they declare, each with the SQL that creates it. For developers of cm-migrate.",
    .example = "cm-migrate show ast",
    .json = "Print one JSON object: `stage`, `text`",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); },
    .is_hidden = true};

}  // namespace cm::command
