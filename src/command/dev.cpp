// `cm-migrate dev`: from an edited schema to a migration that is written and applied.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "command/arguments.hpp"
#include "command/dev_preview.hpp"
#include "command/dev_steps.hpp"
#include "command/drift_dialogue.hpp"
#include "command/dry_run.hpp"
#include "command/json_output.hpp"
#include "command/project_options.hpp"
#include "command/project_scripts.hpp"
#include "command/protection_dialogue.hpp"
#include "engine/declaration.hpp"
#include "engine/sql_source/declared_state.hpp"
#include "pg/database.hpp"

namespace cm::command {
namespace {

using Options = DevOptions;

void options(CLI::App& app, Options& o) {
    app.add_option("-n,--name", o.name, "Name of the migration")->type_name("NAME");
    app.add_flag("--create-only", o.create_only, "Write the migration without applying it");
    app.add_flag("--no-verify", o.no_verify,
                 "Skip the check that the new migration produces the declared schema");
    app.add_flag("--accept-data-loss", o.accept_data_loss,
                 "Do not ask before statements that can lose data");
    take_one_of(*app.add_option("--drift", o.drift, "What to do about drift"), drift_words());
    add_rename_options(app, o.renames);
    app.add_flag("--skip-seed", o.skip_seed, "Do not seed a new database");
    app.add_flag("--skip-generate,--skip-generators", o.skip_generate,
                 "Do not run the generate command");
    add_dry_run(app, o.dry_run);
    add_apply_options(app, o.apply);
    add_project_options(app, o.project);
}

/// Makes the database if it is missing; true if it did.
bool make_database(Context& context, engine::Target const& target) {
    if (pg::database_exists(target.url)) {
        return false;
    }
    auto const name = pg::database_name(target.url);
    auto const asks = !target.is_private && context.terminal.is_interactive();
    if (asks && !context.terminal.confirm(
                    fmt::format("The database \"{}\" does not exist. Create it?", name))) {
        throw Failure(error("CM0404", "the database `{}` does not exist", name)
                          .help("`createdb {}` creates it", name),
                      ExitCode::misconfigured);
    }
    pg::create_database(target.url);
    context.terminal.line(fmt::format("PostgreSQL database \"{}\" created at {}", name,
                                      pg::server_address(target.url)));
    context.terminal.line();
    return true;
}

engine::Declaration read_declaration(Options const& o, Context& context,
                                     engine::Project const& project) {
    auto declaration = engine::read_declaration(project, context.sources);
    if (!declaration.warnings.empty()) {
        context.terminal.report(declaration.warnings, context.sources);
    }
    if (o.name) {
        history::slug(*o.name);  // a bad name is said before anything is done
    }
    return declaration;
}

/// For a program: what is new since `before`.
JsonObject to_json(engine::Session& session, std::vector<std::string> const& before) {
    auto const now = engine::compare(session);
    std::vector<std::string> applied{};
    for (auto const& name : now.applied) {
        if (std::find(before.begin(), before.end(), name) == before.end()) {
            applied.push_back(name);
        }
    }
    return {{"applied", applied}, {"pending", now.pending}};
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto const declaration = read_declaration(o, context, project);
    if (o.dry_run) {
        return preview_dev(o, context, project, declaration);
    }
    auto const& datasource = declaration.model.datasource;
    auto const target =
        engine::find_target(project, datasource, engine::WithoutUrl::use_private_server);
    announce(context, project, target, datasource);
    auto const is_new = make_database(context, target);
    auto session = open_session(context, project, target, datasource);
    session.connection->set_read_lock_timeout(settings(o.apply).lock_timeout);
    session.settles_indexes = true;
    if (!confirm_protected(context, session, "dev")) {
        return ExitCode::failure;
    }
    engine::take_lock(session, waiting_for_lock(context), lock_wait(o.apply.lock_wait));
    engine::read_directory_again(session);
    if (project.is_sql) engine::declared_state(session, declaration);
    auto const before = examine_history(context, session);

    engine::Replay replay{session};
    auto const found = look(o, context, session, replay, declaration, before);
    std::optional<ExitCode> ended{};
    if (found.drift) {
        ended = settle(o, context, session, replay, declaration, *found.drift, found.next);
    } else {
        prove(o, context, session, replay, declaration, found.next);
    }
    if (!ended && !bring_up_to_date(o, context, session, found)) {
        return ExitCode::failure;
    }
    if (context.terminal.writes_only_data()) {
        return tell_result(context, to_json(session, before.applied), ended.value_or(ExitCode::ok));
    }
    if (ended || o.create_only) return ended.value_or(ExitCode::ok);
    run_scripts(context, project, session.target,
                {.generate = !o.skip_generate, .seed = is_new && !o.skip_seed});
    return ExitCode::ok;
}

}  // namespace

extern Command const dev;
constinit Command const dev{
    .name = "dev",
    .group = CommandGroup::develop,
    .prisma = "migrate dev",
    .summary = "Create a migration from schema changes and apply it",
    .description =
        "Checks the schema, replays all migrations in a scratch database, checks for drift, "
        "applies pending migrations, and writes what changed since the last migration as a new "
        "one, after testing it in the scratch database. Statements that can lose data or fail on "
        "existing rows are shown with row counts before anything is changed. Without a terminal, "
        "`--name` turns drift into a migration only if the schema file matches it exactly; "
        "otherwise `--drift` says what to do about it (exit 4 without it). Never resets a "
        "database.",
    .example =
        "cm-migrate dev --name add_user_name\ncm-migrate dev --name split_name --create-only",
    .json =
        "Print one JSON object: `applied`, `pending` (with --dry-run also `migration` and `sql`, "
        "what "
        "would be written); does not run the seed or the generate command",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
