// `cm-migrate adopt`: goes on where Prisma has left off.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/plural.hpp"
#include "command/apply_options.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "engine/adopt_and_baseline.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    bool force = false;
    std::string lock_wait = "60s";
};

void options(CLI::App& app, Options& o) {
    app.add_flag("-f,--force", o.force, "Adopt even if migrations were edited or are missing");
    add_lock_wait(app, o.lock_wait);
    add_read_lock_timeout(app, o.project);
    add_project_options(app, o.project);
}

void tell_of_some(Terminal& terminal, std::size_t count, std::string_view what) {
    if (count != 0) terminal.line(fmt::format("Of these, {}: {}.", what, count));
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto session = open_history(context, project, o.lock_wait);
    auto const history = engine::adopt(session, o.force);
    auto const& failed = history.failed;
    auto const missing = history.missing.size() + history.failed_elsewhere.size();
    auto const all = history.applied.size() + history.missing.size() + failed.size();
    context.terminal.success(
        fmt::format("Adopted Prisma's history of {}.", counted(all, "migration")));
    tell_of_some(context.terminal, missing, "not in the folder");
    tell_of_some(context.terminal, history.edited.size(), "edited after they were applied");
    tell_of_some(context.terminal, failed.size(), "failed");
    if (!failed.empty() || !engine::is_in_folder(history)) {
        context.terminal.line("Run `cm-migrate status` to see how to resolve this.");
    }
    context.terminal.line(
        "Prisma's own table was not changed. From now on, apply migrations with cm-migrate only,");
    context.terminal.line(
        "or share one migrations table: `\"migrationsTable\": \"_prisma_migrations\"` in "
        "cm-migrate.json.");
    auto absent = history.missing;
    absent.insert(absent.end(), history.failed_elsewhere.begin(), history.failed_elsewhere.end());
    return tell_result(context, {{"applied", history.applied},
                                 {"missing", absent},
                                 {"edited", history.edited},
                                 {"failed", failed}});
}

}  // namespace

extern Command const adopt;
constinit Command const adopt{
    .name = "adopt",
    .group = CommandGroup::repair,
    .prisma = "",
    .summary = "Adopt the migration history of a database that Prisma has migrated",
    .description =
        "Copies the records of applied migrations from `_prisma_migrations` into cm-migrate's own "
        "migrations table in one transaction, after checking each record against the migrations "
        "folder. Prisma's table is not changed.",
    .example = "cm-migrate adopt",
    .json =
        "Print one JSON object: the names of migrations, as `applied`, `missing`, `edited`, "
        "`failed`",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
