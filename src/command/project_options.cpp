// See project_options.hpp.
#include "command/project_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/file.hpp"
#include "engine/protection.hpp"
#include "pg/database.hpp"

namespace cm::command {

void add_schema_options(CLI::App& app, engine::ProjectOptions& options) {
    app.add_option("--schema", options.schema, "Schema file or folder")->type_name("PATH");
    app.add_option("--config", options.configuration,
                   "Configuration file: cm-migrate.json or prisma.config.ts")
        ->type_name("PATH");
}

void add_project_options(CLI::App& app, engine::ProjectOptions& options) {
    add_schema_options(app, options);
    app.add_option("--url", options.url,
                   "Database URL (default: the schema's, else DATABASE_URL); "
                   "arguments show in the list of processes")
        ->type_name("URL");
    app.add_flag("--local", options.local, "Use the project's private PostgreSQL");
}

engine::Project open_project(Context& context, engine::ProjectOptions const& options) {
    auto project = engine::open_project(context.environment, options, context.sources);
    for (auto const& file : project.dotenv_files) {
        context.terminal.line(
            fmt::format("Environment variables loaded from {}", engine::shown(project, file)));
    }
    if (project.prisma_config) {
        context.terminal.line(
            fmt::format("Prisma config loaded from {}", project.prisma_config->file));
        context.terminal.report(project.prisma_config->warnings, context.sources);
    }
    if (is_present(project.schema)) {
        context.terminal.line(
            fmt::format("Prisma schema loaded from {}", engine::shown(project, project.schema)));
    }
    return project;
}

void announce(Context& context, engine::Target const& target,
              std::optional<dsl::Datasource> const& datasource) {
    if (target.is_private) {
        context.terminal.line(
            fmt::format("{}sing the project's private PostgreSQL in .cm-migrate/postgres",
                        target.is_fallback ? "No database URL is set: u" : "U"));
    }
    context.terminal.line(
        fmt::format("Datasource \"{}\": PostgreSQL database \"{}\", schema \"{}\" at \"{}\"",
                    datasource ? datasource->name : "db", pg::database_name(target.url),
                    target.url.schema, pg::server_address(target.url)));
    context.terminal.line();
}

engine::Session connect(Context& context, engine::Project const& project,
                        engine::WithoutUrl without_url) {
    auto datasource = engine::read_datasource(project, context.sources);
    auto target = engine::find_target(project, datasource, without_url);
    announce(context, target, datasource);
    return engine::open_session(project, context.sources, std::move(target), std::move(datasource),
                                progress(context));
}

std::string describe(engine::Target const& target) {
    return fmt::format("PostgreSQL database \"{}\" at \"{}\"", pg::database_name(target.url),
                       pg::server_address(target.url));
}

engine::Progress progress(Context& context) {
    return {.step = [&terminal = context.terminal](
                        std::string_view what, std::size_t done,
                        std::size_t total) { terminal.progress(what, done, total); },
            .finding =
                [&context](Diagnostic const& found) {
                    context.terminal.report({found}, context.sources);
                }};
}

void announce_migrations(Context& context, engine::Session const& session) {
    auto const count = session.directory.migrations.size();
    auto const folder = engine::shown(session.project, session.project.migrations);
    context.terminal.line(count == 0 ? fmt::format("No migration found in {}", folder)
                                     : fmt::format("{} migration{} found in {}", count,
                                                   count == 1 ? "" : "s", folder));
    for (auto const& name : session.directory.without_script) {
        context.terminal.remark(
            fmt::format("warning: `{}/{}` has no migration.sql and is left out", folder, name));
    }
    context.terminal.line();
}

std::function<void(pg::LockHolder const&)> waiting_for_lock(Context& context) {
    return [&terminal = context.terminal](pg::LockHolder const& holder) {
        terminal.remark(
            fmt::format("Waiting for another cm-migrate: process {} of {} since {}", holder.pid,
                        holder.application.empty() ? "unknown" : holder.application, holder.since));
    };
}

}  // namespace cm::command
