// `cm-migrate resolve`: settles by hand what became of a migration.
#include "engine/resolve.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/apply_options.hpp"
#include "command/json_report.hpp"
#include "command/project_options.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    std::optional<std::string> applied{};
    std::optional<std::string> rolled_back{};
    std::string lock_wait = "60s";
    bool json = false;
};

void options(CLI::App& app, Options& o) {
    auto* const which = app.add_option_group("outcome", "What became of the migration, one of:");
    which->add_option("--applied", o.applied, "Record the migration as applied")->type_name("NAME");
    which->add_option("--rolled-back", o.rolled_back, "Record the failed migration as rolled back")
        ->type_name("NAME");
    which->require_option(1);
    app.add_flag("--json", o.json, "Print one object: `migration`, `outcome`");
    add_lock_wait(app, o.lock_wait);
    add_project_options(app, o.project);
}

ExitCode run(Options const& o, Context& context) {
    if (o.json) {
        context.terminal.only_data();
    }
    auto const project = open_project(context, o.project);
    auto session = connect(context, project, engine::WithoutUrl::refuse);
    engine::take_lock(session, waiting_for_lock(context), lock_wait(o.lock_wait));
    if (o.applied) {
        engine::resolve_applied(session, *o.applied);
        context.terminal.line(
            fmt::format("Migration `{}` marked as applied.", engine::migration_called(*o.applied)));
    } else {
        auto const marked = engine::resolve_rolled_back(session, *o.rolled_back);
        auto const name = engine::migration_called(*o.rolled_back);
        context.terminal.line(
            marked ? fmt::format("Migration `{}` marked as rolled back.", name)
                   : fmt::format("Migration `{}` was rolled back already; `cm-migrate deploy` "
                                 "tries it again.",
                                 name));
    }
    if (o.json) {
        auto const& given = o.applied ? *o.applied : *o.rolled_back;
        context.terminal.data(
            json_line({{"migration", engine::migration_called(given)},
                       {"outcome", std::string(o.applied ? "applied" : "rolledBack")}}));
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
