// See project_options.hpp.
#include "command/project_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/elapsed.hpp"
#include "base/file.hpp"
#include "base/hidden_passwords.hpp"
#include "base/plural.hpp"
#include "command/duration.hpp"
#include "command/history_report.hpp"
#include "command/json_output.hpp"
#include "engine/protection.hpp"
#include "pg/connect.hpp"
#include "pg/database.hpp"

namespace cm::command {

void add_schema_options(CLI::App& app, engine::ProjectOptions& options) {
    app.add_option("--schema", options.schema, "Schema file or folder")->type_name("PATH");
    app.add_option("--config", options.configuration,
                   "Configuration file: cm-migrate.json, prisma.config.ts or "
                   "drizzle.config.ts")
        ->type_name("PATH");
    app.add_option("--env-file", options.env_file,
                   "File with environment variables, instead of the .env files")
        ->type_name("FILE");
    app.add_flag("--trust-source", options.trust_source,
                 "Load a schema in SQL on the server although its functions could be called there "
                 "by a superuser");
}

void add_wait(CLI::App& app, engine::ProjectOptions& options) {
    add_duration_option(app, "--wait",
                        "How long to wait for a server that does not answer yet (default: 0)",
                        BareNumber::needs_unit, options.wait);
}

void add_project_options(CLI::App& app, engine::ProjectOptions& options) {
    add_schema_options(app, options);
    app.add_option("--url", options.url,
                   "Database URL (default: from the schema, else DATABASE_URL); other users may "
                   "see it in the process list")
        ->type_name("URL");
    app.add_flag("--local", options.local, "Use the project's private PostgreSQL server");
    add_wait(app, options);
}

namespace {

/// An unset variable of a script is no path: it would mean the working folder.
void refuse_empty(std::optional<std::string> const& path, std::string_view option) {
    if (path && path->empty()) {
        throw Failure(error("CM0001", "`{}` requires a value", option)
                          .help("the value is empty: is an environment variable not set?"),
                      ExitCode::usage);
    }
}

std::string repeated_options(engine::ProjectOptions const& options) {
    std::string text{};
    for (auto const& [name, value] : {std::pair{"--schema", &options.schema},
                                      {"--config", &options.configuration},
                                      {"--env-file", &options.env_file}}) {
        if (*value) text += fmt::format(" {} {}", name, shell_word(**value));
    }
    return text;
}

}  // namespace

void heed(Context& context, engine::ProjectOptions const& options) {
    refuse_empty(options.schema, "--schema");
    refuse_empty(options.configuration, "--config");
    refuse_empty(options.env_file, "--env-file");
    auto& terminal = context.terminal;
    terminal.repeated().after = repeated_options(options);
    pg::set_connect_patience(
        {.time = options.wait,
         .waiting = [&terminal](pg::Url const& url, std::string_view reason, int attempt,
                                std::chrono::milliseconds elapsed) {
             terminal.counted_line(
                 fmt::format("Waiting for the server at `{}`: attempt {} after {} "
                             "({})",
                             pg::server_address(url), attempt, format_duration(elapsed), reason));
         }});
}

engine::Session open_session(Context& context, engine::Project const& project,
                             engine::Target const& target,
                             std::optional<dsl::Datasource> const& datasource) {
    auto session =
        engine::open_session(project, context.sources, target, datasource, progress(context));
    if (context.terminal.is_verbose()) {
        auto const rows = session.connection->fetch(
            "SELECT current_user AS role, pg_catalog.current_setting('server_version') AS version, "
            "coalesce((SELECT version FROM pg_catalog.pg_stat_ssl WHERE pid = "
            "pg_catalog.pg_backend_pid()), 'no TLS') AS tls");
        context.terminal.detail(fmt::format(
            "Connected to PostgreSQL {} as `{}`, server process {}, {}", rows[0].text("version"),
            rows[0].text("role"), session.connection->backend_pid(), rows[0].text("tls")));
    }
    return session;
}

engine::Project open_project(Context& context, engine::ProjectOptions const& options) {
    heed(context, options);
    auto project = engine::open_project(context.environment, options, context.sources);
    for (auto const& file : project.dotenv_files) {
        context.terminal.line(fmt::format("Environment variables loaded from {}",
                                          engine::display_path(project, file)));
    }
    if (project.prisma_config) {
        context.terminal.line(fmt::format(
            "{} {}", project.is_drizzle ? "Reading config from" : "Prisma config loaded from",
            project.prisma_config->file));
        context.terminal.report(project.prisma_config->warnings, context.sources);
    }
    if (project.other_config) {
        context.terminal.line(fmt::format("{0} is another project: `--config {0}` chooses it",
                                          *project.other_config));
    }
    if (project.schema_command) {
        if (!project.is_drizzle) {
            context.terminal.line(fmt::format("SQL schema printed by `{}`",
                                              with_passwords_hidden(*project.schema_command)));
        }
    } else if (is_present(project.schema)) {
        context.terminal.line(fmt::format("{} schema loaded from {}",
                                          project.is_sql ? "SQL" : "Prisma",
                                          engine::display_path(project, project.schema)));
    }
    return project;
}

void announce(Context& context, engine::Project const& project, engine::Target const& target,
              std::optional<dsl::Datasource> const& datasource) {
    if (target.is_private) {
        context.terminal.line(
            fmt::format("{}sing the project's private PostgreSQL server in .cm-migrate/postgres",
                        target.is_fallback ? "No database URL is set: u" : "U"));
    }
    context.database = pg::database_name(target.url);
    // A schema in SQL is that of the whole database, unless the URL says otherwise.
    auto const schema = project.is_sql && !target.url.schema_is_named
                            ? std::string{}
                            : fmt::format(", schema \"{}\"", target.url.schema);
    context.terminal.line(fmt::format("Datasource \"{}\": PostgreSQL database \"{}\"{} at \"{}\"",
                                      datasource ? datasource->name : "db",
                                      pg::database_name(target.url), schema,
                                      pg::server_address(target.url)));
    context.terminal.line();
}

void require_project(engine::Project const& project) {
    if (project.schema_is_named || is_present(engine::path_to_open(project, project.schema)) ||
        is_present(engine::path_to_open(project, project.migrations))) {
        return;
    }
    throw Failure(
        error("CM0050", "no schema file and no migrations folder found")
            .note("the working directory is `{}`", project.root.string())
            .note("looked for `{}` and `{}`", engine::display_path(project, project.schema),
                  engine::display_path(project, project.migrations))
            .help("run the command in the project folder, or pass `--schema PATH`; migrations are "
                  "next to the schema, or where `migrations` in cm-migrate.json says"));
}

namespace {

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
            "create it (`createdb {}`), or allow the role to create databases (`ALTER ROLE … "
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
    announce(context, project, target, datasource);
    auto const open = [&] { return open_session(context, project, target, datasource); };
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
                [&context](std::string_view line) {
                    context.terminal.end_live_line();
                    context.terminal.remark(line);
                    if (context.is_at_work) {
                        tell_event(context, "waiting", {{"message", std::string(line)}});
                    }
                }};
}

void announce_migrations(Context& context, engine::Session const& session) {
    auto const count = session.directory.migrations.size();
    auto const folder = engine::display_path(session.project, session.project.migrations);
    context.terminal.line(count == 0
                              ? fmt::format("No migration found in {}", folder)
                              : fmt::format("{} found in {}", counted(count, "migration"), folder));
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
    terminal.remark(fmt::format("It is running `{}`.", holder.query));
    terminal.remark(
        fmt::format("If its process was killed, its session on the server is still running and may "
                    "still commit; `SELECT pg_terminate_backend({})` ends it.",
                    holder.pid));
}

void tell_of_work(Context& context, pg::LockHolder const& holder) {
    auto& terminal = context.terminal;
    if (context.is_at_work) tell_event(context, "atWork", {{"holder", to_json(holder)}});
    terminal.remark(
        fmt::format("Another cm-migrate is running on this database: {}.", pg::describe(holder)));
    tell_what_it_runs(terminal, holder);
    terminal.remark({});
}

std::function<void(pg::LockHolder const&)> waiting_for_lock(Context& context) {
    return [&context](pg::LockHolder const& holder) {
        auto& terminal = context.terminal;
        tell_event(context, "waiting", {{"holder", to_json(holder)}});
        terminal.remark(fmt::format("Waiting for another cm-migrate: {}", pg::describe(holder)));
        tell_what_it_runs(terminal, holder);
    };
}

}  // namespace cm::command
