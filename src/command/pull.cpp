// `cm-migrate pull`: the schema from the database.
#include "engine/pull.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>

#include "base/plural.hpp"
#include "command/apply_options.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "engine/pull_sql.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    bool print = false;
    bool force = false;
    bool sql = false;
    bool objects = false;
};

void options(CLI::App& app, Options& o) {
    app.add_flag("--print", o.print, "Print the schema instead of writing it");
    app.add_flag(
        "--force", o.force,
        "Discard the models and enums of the schema file; of a schema in SQL, replace files "
        "that have been edited");
    app.add_flag(
        "--objects", o.objects,
        "Also write what the Prisma language cannot say, as SQL: the folder `objects` beside "
        "the schema");
    app.add_flag("--sql", o.sql,
                 "Begin a schema in SQL: schema.sql, or the file or folder of `--schema`");
    add_read_lock_timeout(app, o.project);
    add_project_options(app, o.project);
}

engine::Session connect_quietly(Context& context, engine::Project const& project) {
    auto datasource = engine::read_datasource(project, context.sources);
    auto target = engine::find_target(project, datasource, engine::WithoutUrl::existing_only);
    return engine::open_session(project, context.sources, std::move(target), std::move(datasource),
                                {.step = {}, .finding = {}, .waiting = progress(context).waiting});
}

void print(engine::Pulled const& pulled, Context& context) {
    for (auto const& file : pulled.files) {
        if (pulled.files.size() > 1) {
            auto const comment = file.path.extension() == ".sql" ? "--" : "//";
            context.terminal.result(fmt::format("{} {}\n", comment, file.path.string()));
        }
        context.terminal.result(file.text);
    }
}

void report_findings(engine::Pulled const& pulled, Context& context) {
    if (!pulled.findings.empty()) context.terminal.report(pulled.findings, context.sources);
}

/// With --print the text is all there is of a file.
ExitCode finish(Context& context, engine::Pulled const& pulled, engine::Project const& project,
                bool is_printed) {
    std::vector<JsonObject> files{};
    for (auto const& file : pulled.files) {
        files.push_back(
            {{"file", engine::display_path(project, file.path)},
             {"changed", file.is_changed},
             null_unless("text", is_printed ? std::optional{file.text} : std::nullopt)});
    }
    std::vector<std::string> removed{};
    for (auto const& path : pulled.removed) removed.push_back(engine::display_path(project, path));
    return tell_result(context, {{"files", files},
                                 {"removed", removed},
                                 {"models", static_cast<long>(pulled.models)},
                                 {"enums", static_cast<long>(pulled.enums)}});
}

/// A setting that names a schema which is not there yet says where to write it; `--schema` may have
/// been mistyped.
void write_where_it_is_said(engine::Project& project) {
    if (auto place = engine::place_of_first_schema(project)) {
        project.schema = std::move(*place);
        project.schema_is_named = false;
    }
}

engine::Session session_of(Options const& o, Context& context, engine::Project const& project) {
    return o.print ? connect_quietly(context, project)
                   : connect(context, project, engine::WithoutUrl::existing_only);
}

engine::Pulled read_database(Options const& o, Context& context, engine::Project const& project) {
    auto const mode = o.force ? engine::PullMode::anew : engine::PullMode::keep;
    if (project.is_sql) {
        auto session = session_of(o, context, project);
        return o.print ? engine::print_sql(session) : engine::pull_sql(session, mode);
    }
    auto const base = engine::read_pull_base(project, mode, context.sources);
    auto session = session_of(o, context, project);
    auto pulled = engine::pull(base, session);
    if (o.objects) engine::add_objects(pulled, session, o.print ? engine::PullMode::anew : mode);
    return pulled;
}

/// True if there is anything to tell.
bool tell_changes(engine::Pulled const& pulled, Context& context, engine::Project const& project) {
    auto is_changed = !pulled.removed.empty();
    for (auto const& file : pulled.files) {
        if (!file.is_changed) continue;
        is_changed = true;
        context.terminal.line(fmt::format("Wrote {}", engine::display_path(project, file.path)));
    }
    for (auto const& path : pulled.removed)
        context.terminal.line(fmt::format("Removed {}", engine::display_path(project, path)));
    return is_changed;
}

ExitCode run(Options const& o, Context& context) {
    heed(context, o.project);
    auto project = o.print ? engine::open_project(context.environment, o.project, context.sources)
                           : open_project(context, o.project);
    if (o.sql) engine::write_in_sql(project);
    if (!o.project.schema && !project.is_sql) {
        write_where_it_is_said(project);
    }
    auto const pulled = read_database(o, context, project);
    if (!pulled.never_written.empty()) {
        context.terminal.remark(
            fmt::format("Present, but not written: {}.", fmt::join(pulled.never_written, ", ")));
    }
    if (o.print) {
        print(pulled, context);
        report_findings(pulled, context);
        return finish(context, pulled, project, o.print);
    }
    engine::write(pulled);
    auto const is_changed = tell_changes(pulled, context, project);
    report_findings(pulled, context);
    auto const end = is_changed           ? ""
                     : pulled.is_declared ? "; the schema declares what there is, nothing changed"
                                          : "; nothing changed";
    context.terminal.success(fmt::format("[✓] Schema pulled: {}, {}{}",
                                         counted(pulled.models, project.is_sql ? "table" : "model"),
                                         counted(pulled.enums, "enum"), end));
    return finish(context, pulled, project, o.print);
}

}  // namespace

extern Command const pull;
constinit Command const pull{
    .name = "pull",
    .group = CommandGroup::develop,
    .prisma = "db pull",
    .summary = "Write a schema file from the database",
    .description =
        "Reads the database and updates the schema file to match it. Whatever already matches is "
        "kept exactly as written: order, comments, names given with `@map`, relation names, "
        "`@updatedAt`, defaults generated by the client. What no longer exists in the database is "
        "removed, and what is new is added, with Prisma's names or, under `naming: snake_case`, "
        "with names that need no `@map`. In a schema folder each model stays in its file; new ones "
        "are written to `introspected.prisma`. Without a schema file, a new one is created. An "
        "empty database is an error, and nothing is written. A schema in SQL is written in "
        "PostgreSQL's words, with everything that the database holds: into the file, or into a "
        "folder with a file for each table, view, routine and type. Where the schema declares what "
        "the database has, nothing changes; a file that has been edited since the last pull is "
        "only "
        "replaced with `--force`.",
    .example =
        "cm-migrate pull\ncm-migrate pull --print --url postgresql://localhost/shop\n"
        "cm-migrate pull --force",
    .json = "Print one JSON object: `files`, `removed`, `models`, `enums`",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
