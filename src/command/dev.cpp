// `cm-migrate dev`: from an edited schema to a migration that is written and applied.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "command/change_report.hpp"
#include "command/drift_dialogue.hpp"
#include "command/history_report.hpp"
#include "command/project_options.hpp"
#include "engine/scripts.hpp"
#include "pg/database.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    std::optional<std::string> name{};
    bool create_only = false;
    bool accept_data_loss = false;
    bool skip_seed = false;
    bool skip_generate = false;
    std::optional<DriftChoice> drift{};
};

void options(CLI::App& app, Options& o) {
    app.add_option("-n,--name", o.name, "Name of the migration")->type_name("NAME");
    app.add_flag("--create-only", o.create_only, "Write the migration without applying it");
    app.add_flag("--accept-data-loss", o.accept_data_loss,
                 "Do not ask before statements that can lose data");
    app.add_option("--drift", o.drift, "What to do about drift: migrate, undo or stop")
        ->transform(CLI::CheckedTransformer(drift_choices()).description(""))
        ->type_name("CHOICE");
    app.add_flag("--skip-seed", o.skip_seed, "Do not run the seed on a new database");
    app.add_flag("--skip-generate,--skip-generators", o.skip_generate,
                 "Do not run the generate command");
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
                          .help("`createdb {}` makes it", name),
                      ExitCode::cannot_connect);
    }
    pg::create_database(target.url);
    context.terminal.line(fmt::format("PostgreSQL database \"{}\" created at {}", name,
                                      pg::server_address(target.url)));
    context.terminal.line();
    return true;
}

std::string migration_name(Options const& o, Context& context) {
    if (o.name) {
        return *o.name;
    }
    if (!context.terminal.is_interactive()) {
        throw Failure(
            error("CM0002", "the new migration needs a name, and there is no terminal to ask on")
                .help("pass `--name NAME`"),
            ExitCode::usage);
    }
    for (;;) {
        auto const answer = context.terminal.ask("Enter a name for the new migration:");
        if (!answer) {
            throw Failure(error("CM0002", "the new migration needs a name"), ExitCode::usage);
        }
        if (!answer->empty()) {
            return *answer;
        }
    }
}

std::vector<std::string> apply(engine::Session& session, Context& context) {
    auto applied = engine::apply_pending(session, [&](history::Migration const& migration) {
        context.terminal.line(fmt::format("Applying migration `{}`", migration.name));
    });
    if (!applied.empty()) {
        context.terminal.line();
    }
    return applied;
}

/// Plans, writes and applies the next migration; false if the user declined.
bool make_migration(Options const& o, Context& context, engine::Session& session,
                    engine::Change const& change) {
    auto const certain = o.create_only ? CertainFailures::report : CertainFailures::refuse;
    if (!accept_hazards(context, change, *session.connection, o.accept_data_loss, certain)) {
        context.terminal.line("Nothing was written.");
        return false;
    }
    auto const migration = engine::write_migration(session, migration_name(o, context),
                                                   context.timestamp(), change.text);
    context.terminal.line(
        fmt::format("Migration file created: {}", engine::shown(session.project, migration.file)));
    context.terminal.line();
    if (o.create_only) {
        context.terminal.line(
            "It is not applied yet. Edit it as you like; `cm-migrate dev` applies it.");
        return true;
    }
    apply(session, context);
    context.terminal.success("Your database is now in sync with your schema.");
    return true;
}

void finish(Options const& o, Context& context, engine::Session& session, bool is_new) {
    auto const& configuration = session.project.configuration;
    if (configuration.generate && !o.skip_generate) {
        context.terminal.line(
            fmt::format("Running generate command `{}` ...", *configuration.generate));
        engine::run_generate(session.project, session.target);
    }
    if (is_new && session.project.seed && !o.skip_seed) {
        context.terminal.line(fmt::format("Running seed command `{}` ...", *session.project.seed));
        engine::run_seed(session.project, session.target, *session.project.seed, {},
                         context.sources);
    }
}

ExitCode run(Options const& o, Context& context) {
    auto const project = open_project(context, o.project);
    auto declaration = engine::read_declaration(project, context.sources);
    if (!declaration.warnings.empty()) {
        context.terminal.report(declaration.warnings, context.sources);
    }
    if (o.name) {
        history::slug(*o.name);
    }  // a bad name is said before anything is done
    auto target = engine::find_target(project, declaration.model.datasource,
                                      engine::WithoutUrl::use_private_server);
    announce(context, target, declaration.model.datasource);
    auto const is_new = make_database(context, target);
    auto session = engine::open_session(project, context.sources, std::move(target),
                                        declaration.model.datasource, progress(context));
    auto const lock = engine::lock(session, waiting_for_lock(context));
    auto const comparison = engine::compare(session);
    engine::refuse_failed(comparison);
    report_oddities(context, comparison);

    engine::Replay replay{project, context.sources, session.target, session.datasource,
                          session.progress};
    if (auto const drift = engine::find_drift(session, replay, comparison)) {
        auto const next = engine::next_change(session, replay, declaration.model);
        auto const settled = settle_drift({.context = context,
                                           .session = session,
                                           .drift = *drift,
                                           .next = next,
                                           .choice = o.drift,
                                           .name = o.name,
                                           .accept_data_loss = o.accept_data_loss});
        if (settled == DriftOutcome::stop) {
            return ExitCode::drift;
        }
        if (settled == DriftOutcome::done) {
            return ExitCode::ok;
        }
    }
    auto const applied = o.create_only ? std::vector<std::string>{} : apply(session, context);
    auto const change = engine::next_change(session, replay, declaration.model);
    if (change.empty()) {
        context.terminal.success(
            applied.empty() ? "Already in sync, no schema change or pending migration was found."
                            : "Your database is now in sync with your schema.");
    } else if (!make_migration(o, context, session, change)) {
        return ExitCode::failure;
    }
    if (!o.create_only) {
        finish(o, context, session, is_new);
    }
    return ExitCode::ok;
}

}  // namespace

extern Command const dev;
constinit Command const dev{
    .name = "dev",
    .prisma = "migrate dev",
    .summary = "Make a migration of what changed in the schema, and apply it",
    .description =
        "Checks the schema, applies pending migrations, looks for drift, and writes what changed "
        "since the last "
        "migration as a new one. The state before is computed by replaying the migrations in a "
        "scratch database. "
        "Statements that can lose data or fail on the rows that exist are shown with the counts "
        "before anything is done. "
        "Never resets a database.",
    .example =
        "cm-migrate dev --name add_user_name\ncm-migrate dev --name split_name --create-only",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
