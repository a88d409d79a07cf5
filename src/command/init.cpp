// `cm-migrate init`: the first files of a project.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/plural.hpp"
#include "command/advised_commands.hpp"
#include "command/arguments.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "engine/pull_sql.hpp"
#include "engine/scaffold.hpp"
#include "pg/url.hpp"

namespace cm::command {
namespace {

struct Options {
    std::optional<std::string> url{};
    std::string provider = "postgresql";
    bool sql = false;
};

void options(CLI::App& app, Options& o) {
    app.add_option("--url", o.url,
                   "Database URL to write to .env; other users may see it in the process list")
        ->type_name("URL");
    app.add_flag("--sql", o.sql, "Begin with a schema in SQL instead of the Prisma language");
    take_one_of(*app.add_option("--datasource-provider", o.provider,
                                "Accepted for compatibility with Prisma"),
                {"postgresql", "postgres"});
}

/// One of the commands that come next, with the options that it takes to find this project, and
/// what it is for.
void show_command(Terminal& terminal, std::string_view command, std::string_view purpose = "",
                  std::size_t width = 0) {
    auto const line = with_options(command, terminal.repeated());
    if (purpose.empty()) return terminal.line("  " + line);
    auto const before = terminal.repeated().before.size();
    terminal.line(fmt::format("  {:<{}}  {}", line, width + before, purpose));
}

void show_next(Terminal& terminal, engine::FirstFiles const& files) {
    if (!files.had_schema) {
        terminal.line(fmt::format("Next: add a {} to {}, then",
                                  files.schema.ends_with(".sql") ? "table" : "model",
                                  files.schema));
        show_command(terminal, "cm-migrate dev --name init");
        return;
    }
    if (files.migrations == 0) {
        terminal.line(fmt::format("Found no migrations in {}. Next, for a new database:",
                                  files.migrations_folder));
        show_command(terminal, "cm-migrate dev --name init");
        terminal.line("For a database that has the tables of the schema already:");
        show_command(terminal, "cm-migrate dev --name init --drift migrate");
        return;
    }
    terminal.line(fmt::format("Found {} in {}. Next:", counted(files.migrations, "migration"),
                              files.migrations_folder));
    constexpr auto width = std::string_view("cm-migrate baseline").size();
    show_command(terminal, "cm-migrate status", "to compare them with the database", width);
    show_command(terminal, "cm-migrate adopt", "if Prisma has applied them to the database", width);
    show_command(terminal, "cm-migrate baseline",
                 "if the database has their tables, but no migrations table", width);
}

ExitCode run(Options const& o, Context& context) {
    if (o.url) {
        pg::parse_url(*o.url);
    }  // a wrong URL is said now, not at the first `dev`
    auto project = open_project(context, {});
    if (o.sql) engine::write_in_sql(project);
    auto const files = o.sql ? engine::write_first_sql_files(project, o.url)
                             : engine::write_first_files(project, o.url);
    for (auto const& name : files.written) {
        context.terminal.line(fmt::format("Created: {}", name));
    }
    for (auto const& name : files.kept) {
        context.terminal.line(fmt::format("Already exists, not changed: {}", name));
    }
    context.terminal.line();
    show_next(context.terminal, files);
    return tell_result(
        context, {{"written", files.written}, {"kept", files.kept}, {"schema", files.schema}});
}

}  // namespace

extern Command const init;
constinit Command const init{
    .name = "init",
    .group = CommandGroup::develop,
    .prisma = "init",
    .summary = "Set up a new project",
    .description =
        "Creates prisma/schema.prisma (or the path set in prisma.config.ts or cm-migrate.json), "
        ".env, cm-migrate.json and lines in .gitignore. Never overwrites a file. In an existing "
        "Prisma project it keeps the schema and the migrations, reports what it found, and names "
        "the next command. With `--sql` the schema is written in SQL: schema.sql.",
    .example =
        "cm-migrate init\ncm-migrate init --sql\ncm-migrate init --url "
        "postgresql://app@localhost:5432/app",
    .json = "Print one JSON object: `written`, `kept`, `schema`",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
