// See project_options.hpp.
#include "command/project_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/file.hpp"
#include "command/history_report.hpp"
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

namespace {

/// An unset variable of a script is no path: it would mean the working folder.
void refuse_empty(std::optional<std::string> const& path, std::string_view option) {
    if (path && path->empty()) {
        throw Failure(error("CM0001", "`{}` needs a value", option)
                          .help("it was given an empty one: is a variable not set?"),
                      ExitCode::usage);
    }
}

}  // namespace

engine::Project open_project(Context& context, engine::ProjectOptions const& options) {
    refuse_empty(options.schema, "--schema");
    refuse_empty(options.configuration, "--config");
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

namespace {

void require_project(engine::Project const& project) {
    if (project.schema_is_named || is_present(engine::opened(project, project.schema)) ||
        is_present(engine::opened(project, project.migrations))) {
        return;
    }
    throw Failure(error("CM0050", "there is neither a schema nor a migrations folder here")
                      .note("the working folder is `{}`", project.root.string())
                      .note("looked for `{}` and `{}`", engine::shown(project, project.schema),
                            engine::shown(project, project.migrations))
                      .help("run the command in the project's folder, or name the schema with "
                            "`--schema PATH`; migrations lie beside it, or where `migrations` in "
                            "cm-migrate.json says"));
}

/// As Prisma does. Where the role may not, the failure to connect is what counts.
void create_database(Context& context, engine::Target const& target, Failure const& missing) {
    try {
        pg::create_database(target.url);
    } catch (Failure const& refused) {
        auto diagnostics = missing.diagnostics();
        diagnostics.front().helps.clear();
        for (auto const& reason : refused.diagnostics()) {
            diagnostics.front().note("it could not be created: {}", reason.message);
        }
        diagnostics.front().help(
            "have it created (`createdb {}`), or let the role create databases (`ALTER ROLE … "
            "CREATEDB`)",
            pg::database_name(target.url));
        throw Failure(std::move(diagnostics), missing.exit_code());
    }
    context.terminal.line(fmt::format("PostgreSQL database \"{}\" created at {}",
                                      pg::database_name(target.url),
                                      pg::server_address(target.url)));
    context.terminal.line();
}

}  // namespace

engine::Session connect(Context& context, engine::Project const& project,
                        engine::WithoutUrl without_url, MissingDatabase missing) {
    auto const datasource = engine::read_datasource(project, context.sources);
    auto const target = engine::find_target(project, datasource, without_url);
    announce(context, target, datasource);
    auto const open = [&] {
        return engine::open_session(project, context.sources, target, datasource,
                                    progress(context));
    };
    if (missing == MissingDatabase::refuse) {
        return open();
    }
    try {
        return open();
    } catch (Failure const& failure) {
        if (failure.diagnostics().front().code != "CM0404") {
            throw;
        }
        require_project(project);
        create_database(context, target, failure);
    }
    auto session = open();
    session.database_is_new = true;
    return session;
}

engine::Session connect_in_project(Context& context, engine::Project const& project,
                                   engine::WithoutUrl without_url, MissingDatabase missing) {
    try {
        auto session = connect(context, project, without_url, missing);
        require_project(project);
        return session;
    } catch (Failure const& failure) {
        if (failure.diagnostics().front().code == "CM0040") {  // the URL lies where the schema does
            require_project(project);
        }
        throw;
    }
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
                },
            .waiting =
                [&terminal = context.terminal](std::string_view line) {
                    terminal.end_live_line();
                    terminal.remark(line);
                }};
}

void announce_migrations(Context& context, engine::Session const& session) {
    auto const count = session.directory.migrations.size();
    auto const folder = engine::shown(session.project, session.project.migrations);
    context.terminal.line(count == 0 ? fmt::format("No migration found in {}", folder)
                                     : fmt::format("{} migration{} found in {}", count,
                                                   count == 1 ? "" : "s", folder));
    context.terminal.line();
    auto const warnings = folder_warnings(session.directory, folder);
    if (!warnings.empty()) {
        context.terminal.report(warnings, context.sources);
        context.terminal.remark({});
    }
}

void tell_what_it_runs(Terminal& terminal, pg::LockHolder const& holder) {
    if (holder.query.empty()) {
        return;
    }
    terminal.remark(fmt::format("It runs `{}`.", holder.query));
    terminal.remark(
        fmt::format("If its process was killed, the session on the server goes on and may still "
                    "commit; `SELECT pg_terminate_backend({})` ends it.",
                    holder.pid));
}

void tell_of_work(Terminal& terminal, pg::LockHolder const& holder) {
    terminal.remark(
        fmt::format("Another cm-migrate is at work on this database: {}.", pg::describe(holder)));
    tell_what_it_runs(terminal, holder);
    terminal.remark({});
}

std::function<void(pg::LockHolder const&)> waiting_for_lock(Context& context) {
    return [&terminal = context.terminal](pg::LockHolder const& holder) {
        terminal.remark(fmt::format("Waiting for another cm-migrate: {}", pg::describe(holder)));
        tell_what_it_runs(terminal, holder);
    };
}

}  // namespace cm::command
