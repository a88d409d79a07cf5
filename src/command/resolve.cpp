// `cm-migrate resolve`: settles by hand what became of a migration.
#include "engine/resolve.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/project_options.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    std::optional<std::string> applied{};
    std::optional<std::string> rolled_back{};
};

void options(CLI::App& app, Options& o) {
    auto* const which = app.add_option_group("outcome", "What became of the migration, one of:");
    which->add_option("--applied", o.applied, "Record the migration as applied")->type_name("NAME");
    which->add_option("--rolled-back", o.rolled_back, "Record the failed migration as rolled back")
        ->type_name("NAME");
    which->require_option(1);
    add_project_options(app, o.project);
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto session = connect(context, project, engine::WithoutUrl::refuse);
    auto const lock = engine::lock(session, waiting_for_lock(context));
    if (o.applied) {
        engine::resolve_applied(session, *o.applied);
        context.terminal.line(
            fmt::format("Migration `{}` marked as applied.", engine::migration_called(*o.applied)));
    } else {
        engine::resolve_rolled_back(session, *o.rolled_back);
        context.terminal.line(fmt::format("Migration `{}` marked as rolled back.",
                                          engine::migration_called(*o.rolled_back)));
    }
    return ExitCode::ok;
}

}  // namespace

extern Command const resolve;
constinit Command const resolve{
    .name = "resolve",
    .prisma = "migrate resolve",
    .summary = "Settle by hand what became of a migration",
    .description =
        "--rolled-back: a failed migration left nothing behind (or you have taken it back); "
        "`deploy` tries it "
        "again. --applied: what the migration does is done; it is recorded and not run.",
    .example =
        "cm-migrate resolve --rolled-back 20260213123456_add_user_age\n"
        "cm-migrate resolve --applied 20260213123456_add_user_name",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
