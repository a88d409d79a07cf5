// `cm-migrate adopt`: goes on where Prisma has left off.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/project_options.hpp"
#include "engine/history_takeover.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    bool force = false;
    std::string lock_wait = "60s";
};

void options(CLI::App& app, Options& o) {
    app.add_flag("-f,--force", o.force, "Even if migrations were edited or are missing");
    add_lock_wait(app, o.lock_wait);
    add_project_options(app, o.project);
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto session = open_history(context, project, o.lock_wait);
    auto const applied = engine::adopt(session, o.force);
    context.terminal.success(fmt::format("Prisma's record of {} migration{} is taken over.",
                                         applied.size(), applied.size() == 1 ? "" : "s"));
    context.terminal.line(
        "Prisma's own table is left as it is. From now on apply migrations with cm-migrate only,");
    context.terminal.line(
        "or share one record: `\"migrationsTable\": \"_prisma_migrations\"` in cm-migrate.json.");
    return ExitCode::ok;
}

}  // namespace

extern Command const adopt;
constinit Command const adopt{
    .name = "adopt",
    .group = CommandGroup::repair,
    .prisma = "",
    .summary = "Take over the history of a database that Prisma has migrated",
    .description =
        "Copies the record of applied migrations from `_prisma_migrations` into cm-migrate's own "
        "table, after checking each against the folder, in one transaction. Prisma's table is left "
        "alone.",
    .example = "cm-migrate adopt",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
