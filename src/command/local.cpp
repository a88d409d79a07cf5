// `cm-migrate local`: the project's private PostgreSQL.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/process.hpp"
#include "command/arguments.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "pg/local_server.hpp"
#include "pg/server_variables.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    std::string action{};
    std::vector<std::string> arguments{};
};

void options(CLI::App& app, Options& o) {
    take_one_of(*app.add_option("ACTION", o.action, "What to do")->required(),
                {"start", "stop", "status", "url", "psql"});
    app.add_option("ARGUMENTS", o.arguments, "Passed on to psql, after `--`")
        ->type_name("ARGUMENTS");
    add_schema_options(app, o.project);
}

std::string_view describe(pg::LocalServerState state) {
    switch (state) {
        case pg::LocalServerState::absent:
            return "not created yet";
        case pg::LocalServerState::stopped:
            return "stopped";
        case pg::LocalServerState::running:
            return "running";
    }
    return {};
}

ExitCode run_psql(pg::Url const& url, std::vector<std::string> const& arguments) {
    std::string command = fmt::format("exec psql {}", quote_word(pg::to_text(url)));
    for (auto const& argument : arguments) {
        command += " " + quote_word(argument);
    }
    pg::LibpqVariablesHidden const environment{};
    return static_cast<ExitCode>(run_shell(
        command, {.user = {}, .folder = std::filesystem::current_path(), .environment = {}}));
}

std::string_view word(pg::LocalServerState state) {
    switch (state) {
        case pg::LocalServerState::absent:
            return "absent";
        case pg::LocalServerState::stopped:
            return "stopped";
        case pg::LocalServerState::running:
            break;
    }
    return "running";
}

ExitCode finish(Context& context, pg::LocalServer const& server,
                std::optional<std::string> const& url) {
    return tell_result(context,
                       {{"state", std::string(word(pg::state(server)))}, null_unless("url", url)});
}

ExitCode run(Options const& o, Context& context) {
    if (o.action == "psql" && context.terminal.writes_only_data()) {
        throw Failure(error("CM0001", "`--json` cannot be used with `local psql`")
                          .help("psql has output formats of its own, such as `--csv`"),
                      ExitCode::usage);
    }
    auto const project = engine::open_project(context.environment, o.project, context.sources);
    auto const server = engine::local_server(project);
    auto const url = [&] { return pg::url(server, engine::private_database_name(project)); };
    if (o.action == "stop") {
        pg::stop(server);
        context.terminal.line("The private PostgreSQL server is stopped.");
        return finish(context, server, {});
    }
    if (o.action == "status") {
        context.terminal.line(
            fmt::format("The private PostgreSQL server is {}.", describe(pg::state(server))));
        return finish(context, server, {});
    }
    pg::start(server);
    if (o.action == "psql") {
        return run_psql(url(), o.arguments);
    }
    if (o.action == "url") {
        context.terminal.result(pg::to_text(url()) + "\n");
    } else {
        context.terminal.line("The private PostgreSQL server is running.");
    }
    return finish(context, server, pg::to_text(url()));
}

}  // namespace

extern Command const local;
constinit Command const local{
    .name = "local",
    .group = CommandGroup::develop,
    .prisma = {},
    .summary = "Control the project's private PostgreSQL server",
    .description =
        "Without a database URL, cm-migrate runs a private PostgreSQL server for the project, in "
        ".cm-migrate/postgres, reachable through a Unix-domain socket only. `start` and `stop` it, "
        "print its `url`, or open `psql` on it.",
    .example = "cm-migrate local url\ncm-migrate local psql -- -c '\\d'\ncm-migrate local stop",
    .json = "Print one JSON object: `state`, `url`",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
