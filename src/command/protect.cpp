// `cm-migrate protect`: marks a database that is not to be experimented with.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "engine/protection.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    std::string name{};
    bool remove = false;
};

void options(CLI::App& app, Options& o) {
    auto* const what = app.add_option_group("mark", "One of:");
    what->add_option("NAME", o.name, "A name for the database, such as `production`")
        ->type_name("NAME");
    what->add_flag("--remove", o.remove, "Remove the protection");
    what->require_option(1);
    add_read_lock_timeout(app, o.project);
    add_project_options(app, o.project);
}

/// Each mark is taken away by who made it: others would not hear of it.
void refuse_other_mark(engine::Session& session, bool was_marked) {
    auto const other = engine::protection(session.migrations_table, *session.connection);
    if (!other) return;
    throw Failure(error("CM0527", "the database is still protected{}",
                        other->name ? fmt::format(" as `{}`", *other->name) : std::string{})
                      .note("{}", engine::whose(*other))
                      .note("{}", was_marked
                                      ? "the protection next to this migrations table was removed"
                                      : "no changes were made")
                      .help("run the command with the URL and the `migrationsTable` that the "
                            "database was protected with")
                      .help("or remove it manually: `DROP TABLE {}`", sql::quote(other->table)));
}

ExitCode run(Options const& o, Context& context) {
    if (!o.remove && o.name.find_first_not_of(" \t\r\n") == std::string::npos) {
        // An unset variable of a script: the name would be typed by pressing Enter.
        throw Failure(error("CM0001", "the name given to `protect` is empty")
                          .help("name the database, as in `cm-migrate protect production`"),
                      ExitCode::usage);
    }
    auto const project = open_project(context, o.project);
    auto session = connect(context, project, engine::WithoutUrl::refuse);
    if (o.remove) {
        auto const was_marked = engine::unprotect(session);
        refuse_other_mark(session, was_marked);
        context.terminal.line(was_marked ? "The database is no longer protected."
                                         : "The database was not protected.");
        return tell_result(context, {null_unless("protectedAs", {}), {"wasProtected", was_marked}});
    }
    engine::protect(session, o.name);
    context.terminal.line(
        fmt::format("The database is protected as `{}`: `dev`, `reset`, and any `push` that drops "
                    "something or can lose data, ask for that name first.",
                    o.name));
    return tell_result(context, {{"protectedAs", o.name}});
}

}  // namespace

extern Command const protect;
constinit Command const protect{
    .name = "protect",
    .group = CommandGroup::deploy,
    .prisma = "",
    .summary = "Protect a database from accidental changes",
    .description =
        "Records the name in a table next to the migrations table. `dev`, `reset`, `resolve "
        "--forget`, and any `push` that drops something or can lose data, then ask for the name on "
        "a terminal, and refuse to run without one, whatever flags are passed. `deploy` and "
        "`execute` are not affected.",
    .example = "cm-migrate protect production\ncm-migrate protect --remove",
    .json = "Print one JSON object: `protectedAs`",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
