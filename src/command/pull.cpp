// `cm-migrate pull`: the schema from the database.
#include "engine/pull.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/project_options.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    bool print = false;
    bool force = false;
};

void options(CLI::App& app, Options& o) {
    app.add_flag("--print", o.print, "Print the schema instead of writing it");
    app.add_flag("--force", o.force, "Forget the models and enums of the schema file");
    add_read_lock_timeout(app, o.project);
    add_project_options(app, o.project);
}

engine::Session connect_quietly(Context& context, engine::Project const& project) {
    auto datasource = engine::read_datasource(project, context.sources);
    auto target = engine::find_target(project, datasource, engine::WithoutUrl::use_what_is_there);
    return engine::open_session(project, context.sources, std::move(target), std::move(datasource),
                                {.step = {}, .finding = {}, .waiting = progress(context).waiting});
}

std::string counted(std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

void print(engine::Pulled const& pulled, Context& context) {
    for (auto const& file : pulled.files) {
        if (pulled.files.size() > 1) {
            context.terminal.text(fmt::format("// {}\n", file.path.string()));
        }
        context.terminal.text(file.text);
    }
}

void report_findings(engine::Pulled const& pulled, Context& context) {
    if (!pulled.findings.empty()) context.terminal.report(pulled.findings, context.sources);
}

/// A setting that names a schema which is not there yet says where to write it; `--schema` may have
/// been mistyped.
void write_where_it_is_said(engine::Project& project) {
    if (auto place = engine::place_of_first_schema(project)) {
        project.schema = std::move(*place);
        project.schema_is_named = false;
    }
}

ExitCode run(Options const& o, Context& context) {
    auto const mode = o.force ? engine::PullMode::anew : engine::PullMode::keep;
    auto project = o.print ? engine::open_project(context.environment, o.project, context.sources)
                           : open_project(context, o.project);
    if (!o.project.schema) {
        write_where_it_is_said(project);
    }
    auto const base = engine::read_pull_base(project, mode, context.sources);
    auto session = o.print ? connect_quietly(context, project)
                           : connect(context, project, engine::WithoutUrl::use_what_is_there);
    auto const pulled = engine::pull(base, session);
    if (o.print) {
        print(pulled, context);
        report_findings(pulled, context);
        return ExitCode::ok;
    }
    engine::write(pulled);
    auto is_changed = false;
    for (auto const& file : pulled.files) {
        if (!file.is_changed) continue;
        is_changed = true;
        context.terminal.line(fmt::format("Wrote {}", engine::shown(project, file.path)));
    }
    report_findings(pulled, context);
    context.terminal.success(
        fmt::format("[✓] Schema pulled: {}, {}{}", counted(pulled.models, "model"),
                    counted(pulled.enums, "enum"), is_changed ? "" : "; nothing has changed"));
    return ExitCode::ok;
}

}  // namespace

extern Command const pull;
constinit Command const pull{
    .name = "pull",
    .group = CommandGroup::develop,
    .prisma = "db pull",
    .summary = "Write the schema that the database has",
    .description =
        "Reads the database and brings the schema file into line with it. What the file says and "
        "the database agrees with stays to the letter: the order, comments, names given with "
        "`@map`, names of relations, `@updatedAt`, defaults that the client makes. What is gone "
        "from the database goes, what is new is added, with Prisma's names or, under `naming: "
        "snake_case`, with names that need no `@map`. In a folder of several files each model "
        "stays "
        "in its file; new ones are written to `introspected.prisma`. Without a schema file, a "
        "first "
        "one is made. An empty database is an error, and nothing is written.",
    .example =
        "cm-migrate pull\ncm-migrate pull --print --url postgresql://localhost/shop\n"
        "cm-migrate pull --force",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
