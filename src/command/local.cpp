// `cm-migrate local`: the project's private PostgreSQL.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/process.hpp"
#include "command/arguments.hpp"
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
    take_one_of(*app.add_option("ACTION", o.action, "What to do with it")->required(),
                {"start", "stop", "status", "url", "psql"});
    app.add_option("ARGUMENTS", o.arguments, "Passed on to psql, after `--`")
        ->type_name("ARGUMENTS");
    add_schema_options(app, o.project);
}

std::string_view describe(pg::LocalServerState state) {
    switch (state) {
        case pg::LocalServerState::absent:
            return "not made yet";
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

ExitCode run(Options const& o, Context& context) {
    auto const project = engine::open_project(context.environment, o.project, context.sources);
    auto const server = engine::local_server(project);
    auto const url = [&] { return pg::url(server, engine::private_database_name(project)); };
    if (o.action == "stop") {
        pg::stop(server);
        context.terminal.line("The private PostgreSQL is stopped.");
        return ExitCode::ok;
    }
    if (o.action == "status") {
        context.terminal.line(
            fmt::format("The private PostgreSQL is {}.", describe(pg::state(server))));
        return ExitCode::ok;
    }
    pg::start(server);
    if (o.action == "psql") {
        return run_psql(url(), o.arguments);
    }
    context.terminal.line(o.action == "url" ? pg::to_text(url())
                                            : "The private PostgreSQL is running.");
    return ExitCode::ok;
}

}  // namespace

extern Command const local;
constinit Command const local{
    .name = "local",
    .group = CommandGroup::develop,
    .prisma = {},
    .summary = "Control the project's private PostgreSQL",
    .description =
        "Without a database URL, cm-migrate runs a PostgreSQL of its own for the project, in "
        ".cm-migrate/postgres, reachable by unix socket only. `start` and `stop` it, print its "
        "`url`, or open "
        "`psql` in it.",
    .example = "cm-migrate local url\ncm-migrate local psql -- -c '\\d'\ncm-migrate local stop",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
