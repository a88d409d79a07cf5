// `cm-migrate dev`: from an edited schema to a migration that is written and applied.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "command/apply_options.hpp"
#include "command/arguments.hpp"
#include "command/change_report.hpp"
#include "command/drift_dialogue.hpp"
#include "command/history_report.hpp"
#include "command/json_report.hpp"
#include "command/project_options.hpp"
#include "command/project_scripts.hpp"
#include "command/protection_dialogue.hpp"
#include "engine/takeover_advice.hpp"
#include "pg/database.hpp"
#include "schema/summary.hpp"

namespace cm::command {
namespace {

struct Options {
    engine::ProjectOptions project{};
    std::optional<std::string> name{};
    bool create_only = false;
    bool accept_data_loss = false;
    bool skip_seed = false;
    bool skip_generate = false;
    std::optional<std::string> drift{};
    bool json = false;
    ApplyOptions apply{};
};

void options(CLI::App& app, Options& o) {
    app.add_option("-n,--name", o.name, "Name of the migration")->type_name("NAME");
    app.add_flag("--create-only", o.create_only, "Write the migration without applying it");
    app.add_flag("--accept-data-loss", o.accept_data_loss,
                 "Do not ask before statements that can lose data");
    take_one_of(*app.add_option("--drift", o.drift, "What to do about drift"), drift_words());
    app.add_flag("--skip-seed", o.skip_seed, "Do not run the seed on a new database");
    app.add_flag("--skip-generate,--skip-generators", o.skip_generate,
                 "Do not run the generate command");
    app.add_flag("--json", o.json,
                 "Print one object: `applied`, `pending`; runs neither seed nor generate command");
    add_limit_options(app, o.apply);
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
                      ExitCode::misconfigured);
    }
    pg::create_database(target.url);
    context.terminal.line(fmt::format("PostgreSQL database \"{}\" created at {}", name,
                                      pg::server_address(target.url)));
    context.terminal.line();
    return true;
}

/// Nothing but blanks is no name.
bool is_given(std::optional<std::string> const& name) {
    return name && name->find_first_not_of(" \t") != std::string::npos;
}

/// Asks until the answer can be the name of a folder.
std::string ask_name(Context& context) {
    for (;;) {
        auto const answer = context.terminal.ask("Enter a name for the new migration:");
        if (!answer) {
            throw Failure(
                error("CM0002", "the new migration needs a name").help("pass `--name NAME`"),
                ExitCode::usage);
        }
        try {
            if (!history::slug(*answer).empty()) {
                return *answer;
            }
        } catch (Failure const& unfit) {
            context.terminal.report(unfit.diagnostics(), context.sources);
        }
    }
}

std::string migration_name(Options const& o, Context& context) {
    if (is_given(o.name)) {
        return *o.name;
    }
    if (context.terminal.is_interactive()) {
        return ask_name(context);
    }
    throw Failure(
        error("CM0002", "the new migration needs a name, and there is no terminal to ask on")
            .help("pass `--name NAME`"),
        ExitCode::usage);
}

std::vector<std::string> apply(Options const& o, engine::Session& session, Context& context) {
    auto applied = engine::apply_pending(session, settings(o.apply), apply_events(context));
    if (!applied.empty()) {
        context.terminal.line();
    }
    return applied;
}

engine::Change next_change(Context& context, engine::Session& session, engine::Replay& replay,
                           engine::Declaration const& declaration) {
    auto change = engine::next_change(session, replay, declaration.model);
    report_unsettled(context, change.unsettled);
    return change;
}

/// The failure, with a word on what has become of the database: nothing.
Failure before_any_change(Failure const& failed) {
    auto diagnostics = failed.diagnostics();
    diagnostics.back().note("nothing was written or applied");
    return Failure(std::move(diagnostics), failed.exit_code());
}

/// The change must run after the migrations of the folder, or it is not written. With
/// `--create-only` it is a draft to be completed by hand: then that is a warning.
void prove(Options const& o, Context& context, engine::Session& session, engine::Replay& replay,
           engine::Change const& change) {
    if (change.empty()) return;
    try {
        engine::prove_migration(session, replay,
                                engine::propose_migration(session, o.name.value_or("next"),
                                                          context.timestamp(), change.text));
    } catch (Failure const& failed) {
        if (!o.create_only || failed.exit_code() != ExitCode::failed_migration) {
            // What stands in the way is said in the words of the schema where it is known.
            if (failed.exit_code() == ExitCode::failed_migration) {
                refuse_certain_failure(change, *session.connection);
                // What pending migrations make is in the scratch database alone.
                replay.state_after(session.directory.migrations);
                refuse_certain_failure(change, replay.connection());
            }
            throw before_any_change(failed);
        }
        auto diagnostics = failed.diagnostics();
        for (auto& diagnostic : diagnostics) diagnostic.severity = Severity::warning;
        diagnostics.back().helps.clear();
        diagnostics.back().help("complete it by hand before `cm-migrate dev` applies it");
        context.terminal.report(diagnostics, context.sources);
        context.terminal.remark({});
    }
}

/// Writes and applies the next migration; false if the user declined. `applied`: what was pending.
bool make_migration(Options const& o, Context& context, engine::Session& session,
                    engine::Change const& change, std::vector<std::string> const& applied) {
    auto const certain = o.create_only ? CertainFailures::report : CertainFailures::refuse;
    auto const done = applied.empty() ? nothing_was_done
                                      : "the pending migrations are applied, nothing else was done";
    if (!accept_hazards(context, change, *session.connection, o.accept_data_loss, certain, done)) {
        context.terminal.line("Nothing was written.");
        return false;
    }
    auto const text = change.empty() ? "-- This is an empty migration.\n" : change.text;
    auto const migration =
        engine::propose_migration(session, migration_name(o, context), context.timestamp(), text);
    engine::write_migration(session, migration);
    context.terminal.line(
        fmt::format("Migration file created: {}", engine::shown(session.project, migration.file)));
    context.terminal.line();
    if (o.create_only) {
        context.terminal.line(
            "It is not applied yet. Edit it as you like; `cm-migrate dev` applies it.");
        return true;
    }
    apply(o, session, context);
    context.terminal.success("Your database is now in sync with your schema.");
    return true;
}

/// Says what the schema file asks for beyond the migration that the drift has become.
void show_rest(Context& context, engine::Change const& rest) {
    if (rest.empty()) {
        return;
    }
    auto& terminal = context.terminal;
    terminal.line();
    terminal.line("The schema file asks for something else still:");
    terminal.line();
    terminal.text(schema::summary(rest.plan));
    terminal.line();
    terminal.line("Bring it into line, or make the next migration with `cm-migrate dev`.");
}

/// For a program, which has not seen what was shown.
[[noreturn]] void refuse_drift(engine::Drift const& drift) {
    throw Failure(error("CM0529", "the database is not what its applied migrations lead to")
                      .note("{}", schema::summary(drift.made.plan))
                      .note("nothing was done")
                      .help("`--drift migrate` makes a migration of it, recorded as applied")
                      .help("`--drift undo` takes it back in the database"),
                  ExitCode::drift);
}

/// Lets the user settle drift; the exit code if that ends the command.
std::optional<ExitCode> settle(Options const& o, Context& context, engine::Session& session,
                               engine::Replay& replay, engine::Declaration const& declaration,
                               engine::Drift const& drift, engine::Change const& next) {
    if (o.json && !o.drift) {
        refuse_drift(drift);
    }
    auto const outcome = settle_drift({
        .context = context,
        .session = session,
        .replay = replay,
        .drift = drift,
        .is_asked_for = !next.empty() && is_as_declared(session, replay, declaration.model),
        .prove_next = [&] { prove(o, context, session, replay, next); },
        .choice = o.drift ? std::optional{drift_choice(*o.drift)} : std::nullopt,
        .name = is_given(o.name) ? o.name : std::nullopt,
        .accept_data_loss = o.accept_data_loss,
        .settings = settings(o.apply),
    });
    switch (outcome) {
        case DriftOutcome::go_on:
            return {};
        case DriftOutcome::done:
            show_rest(context, next_change(context, session, replay, declaration));
            return ExitCode::ok;
        case DriftOutcome::stop:
            break;
    }
    if (o.json) {
        refuse_drift(drift);
    }
    return ExitCode::drift;
}

/// What stands in the way is said before anything is done.
history::Comparison examine_history(Context& context, engine::Session& session) {
    auto comparison = engine::compare(session);
    engine::refuse_failed(comparison);
    refuse_missing(session, comparison);
    engine::refuse_unknown_history(session);
    report_oddities(context, comparison);
    return comparison;
}

/// What there is to do, found out without changing anything.
struct Findings {
    std::optional<engine::Drift> drift{};
    engine::Change next{};
};

/// The whole history is replayed here, the new files of others included: one that fails stops
/// `dev` before it has applied the first of them.
Findings look(Context& context, engine::Session& session, engine::Replay& replay,
              engine::Declaration const& declaration, history::Comparison const& comparison) {
    try {
        auto drift = engine::find_drift(session, replay, comparison);
        return {std::move(drift), next_change(context, session, replay, declaration)};
    } catch (Failure const& failed) {
        if (failed.exit_code() != ExitCode::failed_migration) throw;
        auto diagnostics = failed.diagnostics();
        for (auto const& name : comparison.out_of_order) {
            diagnostics.back().note("`{}` is pending and comes before migrations that are applied",
                                    name);
        }
        throw before_any_change(Failure(std::move(diagnostics), failed.exit_code()));
    }
}

/// Applies what is pending and makes the next migration; false if the user declined.
bool bring_up_to_date(Options const& o, Context& context, engine::Session& session,
                      engine::Change const& change) {
    auto const applied = o.create_only ? std::vector<std::string>{} : apply(o, session, context);
    if (!change.empty() || o.create_only) {
        return make_migration(o, context, session, change, applied);
    }
    context.terminal.success(
        applied.empty() ? "Already in sync, no schema change or pending migration was found."
                        : "Your database is now in sync with your schema.");
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
std::string to_json(engine::Session& session, std::vector<std::string> const& before) {
    auto const now = engine::compare(session);
    std::vector<std::string> applied{};
    for (auto const& name : now.applied) {
        if (std::find(before.begin(), before.end(), name) == before.end()) {
            applied.push_back(name);
        }
    }
    return json_line({{"applied", applied}, {"pending", now.pending}});
}

ExitCode run(Options const& o, Context& context) {
    if (o.json) {
        context.terminal.only_data();
    }
    auto const project = open_project(context, o.project);
    auto const declaration = read_declaration(o, context, project);
    auto const& datasource = declaration.model.datasource;
    auto target = engine::find_target(project, datasource, engine::WithoutUrl::use_private_server);
    announce(context, target, datasource);
    auto const is_new = make_database(context, target);
    auto session = engine::open_session(project, context.sources, std::move(target), datasource,
                                        progress(context));
    session.connection->set_read_lock_timeout(settings(o.apply).lock_timeout);
    session.settles_indexes = true;
    if (!confirm_protected(context, session, "dev")) {
        return ExitCode::failure;
    }
    engine::take_lock(session, waiting_for_lock(context));
    engine::read_directory_again(session);
    auto const before = examine_history(context, session);

    engine::Replay replay{session};
    auto const found = look(context, session, replay, declaration, before);
    std::optional<ExitCode> ended{};
    if (found.drift) {
        ended = settle(o, context, session, replay, declaration, *found.drift, found.next);
    } else {
        prove(o, context, session, replay, found.next);
    }
    if (!ended && !bring_up_to_date(o, context, session, found.next)) {
        return ExitCode::failure;
    }
    if (o.json) {
        context.terminal.data(to_json(session, before.applied));
    }
    if (ended || o.create_only || o.json) {
        return ended.value_or(ExitCode::ok);
    }
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
    .summary = "Make a migration of what changed in the schema, and apply it",
    .description =
        "Checks the schema, replays all migrations in a scratch database, looks for drift, applies "
        "what is pending, and writes what changed since the last migration as a new one, after it "
        "has run in the scratch database, too. Statements that can lose data or fail on the rows "
        "that exist are shown with the counts before anything is done. Without a terminal, "
        "`--name` "
        "records drift as a migration only where the schema asks for exactly that; else `--drift` "
        "says what to do about it (exit 4 without). "
        "Never resets a database.",
    .example =
        "cm-migrate dev --name add_user_name\ncm-migrate dev --name split_name --create-only",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); }};

}  // namespace cm::command
