// `cm-migrate deploy`: applies what is pending, and nothing else.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/history_report.hpp"
#include "command/project_options.hpp"
#include "engine/development.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
};

void options(CLI::App& app, Options& o) {
    add_project_options(app, o.project);
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto session = connect(context, project, engine::WithoutUrl::refuse);
    announce_migrations(context, session);
    auto const lock = engine::lock(session, waiting_for_lock(context));
    report_oddities(context, engine::compare(session));
    auto const applied = engine::apply_pending(session, [&](history::Migration const& migration) {
        context.terminal.line(fmt::format("Applying migration `{}`", migration.name));
    });
    if (applied.empty()) {
        context.terminal.line("No pending migrations to apply.");
        return ExitCode::ok;
    }
    context.terminal.line();
    context.terminal.success("All migrations have been successfully applied.");
    return ExitCode::ok;
}

}  // namespace

extern Command const deploy;
constinit Command const deploy{
    .name = "deploy",
    .prisma = "migrate deploy",
    .summary = "Apply pending migrations",
    .description =
        "Applies the pending migrations in order, each in one transaction with its record. Never "
        "makes a "
        "migration, never resets anything, and is safe to run twice and to run twice at once. "
        "Needs a URL: "
        "it does not fall back to the private PostgreSQL unless told so with --local.",
    .example = "cm-migrate deploy\nDATABASE_URL=postgresql://app@db/app cm-migrate deploy",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
