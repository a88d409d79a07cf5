// `cm-migrate diff`: what leads from one state of a database to another.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/file.hpp"
#include "command/apply_options.hpp"
#include "command/change_report.hpp"
#include "command/json_report.hpp"
#include "command/project_options.hpp"
#include "engine/source_state.hpp"
#include "schema/summary.hpp"

namespace cm::command {
namespace {

/// One side, as the options name it: at most one of them is given.
struct Side {
    bool empty = false;
    std::optional<std::string> schema{}, datasource{}, migrations{}, url{};

    engine::Source source() const {
        if (schema) {
            return engine::FromSchema{*schema};
        }
        if (datasource) {
            return engine::FromDatasource{*datasource};
        }
        if (migrations) {
            return engine::FromMigrations{*migrations};
        }
        if (url) {
            return engine::FromUrl{*url};
        }
        return engine::FromEmpty{};
    }
};

struct Options {
    engine::ProjectOptions project{};
    Side from{}, to{};
    std::optional<std::string> shadow_url{};
    std::optional<std::string> output{};
    bool script = false;
    bool exit_code = false;
    bool json = false;
};

void add_side(CLI::App& app, std::string const& name, Side& side) {
    auto* const group = app.add_option_group(
        name, name == "from" ? "What is there, one of:" : "What is wanted, one of:");
    group->add_flag("--" + name + "-empty", side.empty,
                    "A database in which nothing has been made");
    group
        ->add_option("--" + name + "-schema-datamodel,--" + name + "-schema", side.schema,
                     "A schema file or folder")
        ->type_name("PATH");
    group
        ->add_option("--" + name + "-schema-datasource", side.datasource,
                     "The database that a schema file names")
        ->type_name("PATH");
    group->add_option("--" + name + "-migrations", side.migrations, "A migrations folder")
        ->type_name("DIR");
    group->add_option("--" + name + "-url", side.url, "A live database")->type_name("URL");
    group->require_option(1);
}

void options(CLI::App& app, Options& o) {
    add_side(app, "from", o.from);
    add_side(app, "to", o.to);
    app.add_option("--shadow-database-url", o.shadow_url,
                   "A database to replay migrations in; it is emptied")
        ->type_name("URL");
    app.add_flag("--script", o.script, "Print SQL instead of a summary");
    app.add_option("-o,--output", o.output, "Write to a file")->type_name("FILE");
    app.add_flag("--exit-code", o.exit_code,
                 "Exit with 2 if there is a difference, with 8 if it is not known");
    app.add_flag("--json", o.json, "Print one object: `empty`, `summary`, `sql`");
    add_read_lock_timeout(app, o.project);
    add_schema_options(app, o.project);
}

std::string text_of(engine::Change const& change, Options const& o) {
    if (o.json) {
        return json_line({{"empty", change.empty()},
                          {"summary", schema::summary(change.plan)},
                          {"sql", change.text}});
    }
    if (!o.script) {
        return schema::summary(change.plan);
    }
    return change.empty() ? "-- This is an empty migration.\n" : change.text;
}

ExitCode run(Options const& o, Context& context) {
    if (o.json) {
        context.terminal.only_data();
    }
    // Nothing but the result goes to standard output: it is often sent to a file.
    auto const project = engine::open_project(context.environment, o.project, context.sources);
    if (project.prisma_config) {
        context.terminal.report(project.prisma_config->warnings, context.sources);
    }
    auto const change = engine::compare_sources(project, context.sources, o.from.source(),
                                                o.to.source(), o.shadow_url, progress(context));
    report_unsettled(context, change.unsettled);
    auto const text = text_of(change, o);
    if (o.output) {
        write_file(engine::opened(project, project.root / *o.output), text);
    } else {
        context.terminal.data(text);
    }
    constexpr auto difference = static_cast<ExitCode>(2);  // as in Prisma's `migrate diff`
    if (!o.exit_code) return ExitCode::ok;
    if (!change.empty()) return difference;
    return change.unsettled.empty() ? ExitCode::ok : ExitCode::not_verified;
}

}  // namespace

extern Command const diff;
constinit Command const diff{
    .name = "diff",
    .group = CommandGroup::inspect,
    .prisma = "migrate diff",
    .summary = "Show what leads from one state to another",
    .description =
        "Compares two states: nothing, a schema file, the database that a schema file names, a "
        "migrations "
        "folder, or a live database. Prints a summary, or with --script the SQL. Changes nothing.",
    .example =
        "cm-migrate diff --from-schema-datasource prisma/schema.prisma --to-schema-datamodel "
        "prisma/schema.prisma\n"
        "cm-migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma "
        "--script -o next.sql",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
