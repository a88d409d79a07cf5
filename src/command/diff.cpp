// `cm-migrate diff`: what leads from one state of a database to another.
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>

#include "base/file.hpp"
#include "command/apply_options.hpp"
#include "command/change_report.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "command/rename_dialogue.hpp"
#include "engine/diff_sources.hpp"
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
    bool verify = false;
    RenameOptions renames{};
};

void add_side(CLI::App& app, std::string const& name, Side& side) {
    auto* const group = app.add_option_group(
        name, name == "from" ? "Current state, one of:" : "Desired state, one of:");
    group->add_flag("--" + name + "-empty", side.empty, "An empty database");
    group
        ->add_option("--" + name + "-schema-datamodel,--" + name + "-schema", side.schema,
                     "A schema file or folder")
        ->type_name("PATH");
    group
        ->add_option("--" + name + "-schema-datasource", side.datasource,
                     "The database that a schema file points to")
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
                   "A database for replaying migrations; its contents are deleted")
        ->type_name("URL");
    app.add_flag("--script", o.script, "Print SQL instead of a summary");
    app.add_option("-o,--output", o.output, "Write to a file")->type_name("FILE");
    app.add_flag("--exit-code", o.exit_code,
                 "Exit with 2 if there is a difference, with 8 if it is unknown");
    app.add_flag("--verify", o.verify,
                 "Try the change in a scratch database first; fails if it does not lead to the "
                 "desired state");
    add_rename_options(app, o.renames);
    add_read_lock_timeout(app, o.project);
    add_schema_options(app, o.project);
    add_wait(app, o.project);
}

ExitCode verdict(engine::Change const& change, Options const& o) {
    constexpr auto difference = static_cast<ExitCode>(2);  // as in Prisma's `migrate diff`
    if (!o.exit_code) return ExitCode::ok;
    if (!change.empty()) return difference;
    return change.unsettled.empty() ? ExitCode::ok : ExitCode::not_verified;
}

std::string text_of(engine::Change const& change, Options const& o, Context& context) {
    if (context.terminal.writes_only_data()) {
        return result_line(
            context,
            {{"empty", change.empty()},
             {"summary", schema::summary(change.plan)},
             {"sql", change.text},
             {"renames", to_json(change.candidates)},
             {"neverCompared", std::vector<std::string>(change.never_compared.begin(),
                                                        change.never_compared.end())}},
            verdict(change, o));
    }
    if (!o.script) {
        return schema::summary(change.plan);
    }
    return change.empty() ? "-- This is an empty migration.\n" : change.text;
}

/// A script that would fail is none.
void report_blocked(Context& context, engine::Change const& change, bool writes_script) {
    if (change.blocked.empty()) return;
    auto diagnostics =
        engine::to_diagnostics(change.blocked, writes_script ? Severity::error : Severity::warning);
    if (writes_script) throw Failure(std::move(diagnostics), ExitCode::failure);
    context.terminal.report(diagnostics, context.sources);
}

ExitCode run(Options const& o, Context& context) {
    heed(context, o.project);
    // Nothing but the result goes to standard output: it is often sent to a file.
    auto const project = engine::open_project(context.environment, o.project, context.sources);
    if (project.prisma_config) {
        context.terminal.report(project.prisma_config->warnings, context.sources);
    }
    auto const change =
        engine::compare_sources(project, context.sources, o.from.source(), o.to.source(),
                                o.shadow_url, progress(context), o.verify, rename_flags(o.renames));
    report_unsettled(context, change.unsettled);
    report_blocked(context, change, o.script);
    if (!change.never_compared.empty()) {
        context.terminal.remark(fmt::format("Present, but never compared: {}.",
                                            fmt::join(change.never_compared, ", ")));
    }
    if (o.script && !o.renames.none) report_candidates(context, change.candidates, change.bare);
    auto const text = text_of(change, o, context);
    if (o.output) {
        write_file(engine::path_to_open(project, project.root / *o.output), text);
    } else if (context.terminal.writes_only_data()) {
        context.terminal.json(text);
    } else if (o.script) {
        context.terminal.data(text);
    } else {
        context.terminal.lines(text);
    }
    return verdict(change, o);
}

}  // namespace

extern Command const diff;
constinit Command const diff{
    .name = "diff",
    .group = CommandGroup::inspect,
    .prisma = "migrate diff",
    .summary = "Show the differences between two schemas",
    .description =
        "Compares two schemas, each given as an empty database, a schema file, the database that a "
        "schema file points to, a migrations folder, or a live database. Prints a summary, or with "
        "--script the SQL that changes the first into the second. Changes nothing. Two live "
        "databases "
        "are compared completely: all schemas and all kinds of objects, unless a URL names a "
        "schema (?schema=).",
    .example =
        "cm-migrate diff --from-schema-datasource prisma/schema.prisma --to-schema-datamodel "
        "prisma/schema.prisma\n"
        "cm-migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma "
        "--script -o next.sql",
    .json =
        "Print one JSON object: `empty`, `summary`, `sql`, `renames` (what could have been "
        "renamed, best first), `neverCompared`",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
