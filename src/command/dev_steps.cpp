// See dev_steps.hpp.
#include "command/dev_steps.hpp"

#include <fmt/format.h>

#include "command/change_report.hpp"
#include "command/drift_dialogue.hpp"
#include "command/history_report.hpp"
#include "command/lint_remarks.hpp"
#include "engine/declared_change.hpp"
#include "engine/lint.hpp"
#include "engine/takeover_advice.hpp"
#include "schema/summary.hpp"

namespace cm::command {
namespace {

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

std::string migration_name(DevOptions const& o, Context& context) {
    if (is_given(o.name)) {
        return *o.name;
    }
    require_name(context);
    return ask_name(context);
}

struct Applied {
    std::vector<std::string> names{};
    std::chrono::milliseconds elapsed{};
};

Applied apply(DevOptions const& o, engine::Session& session, Context& context) {
    Stopwatch const watch{};
    auto names = engine::apply_pending(session, settings(o.apply), apply_events(context));
    if (!names.empty()) {
        context.terminal.line();
    }
    return {std::move(names), watch.elapsed()};
}

void report_in_sync(Context& context, std::chrono::milliseconds elapsed) {
    context.terminal.success(fmt::format(
        "Your database is now in sync with your schema ({} in total).", format_duration(elapsed)));
}

engine::Change next_change(DevOptions const& o, Context& context, engine::Session& session,
                           engine::Replay& replay, engine::Declaration declaration) {
    auto change = settle_renames(context,
                                 {.options = o.renames,
                                  .bare = session.target.url.schema,
                                  .connection = *session.connection,
                                  .is_dry_run = session.is_dry_run,
                                  .done = "nothing was written or applied"},
                                 declaration,
                                 [&] { return engine::next_change(session, replay, declaration); });
    report_unsettled(context, change.unsettled);
    report_kept(context, change.kept);
    return change;
}

/// The failure, with a word on what has become of the database: nothing.
Failure before_any_change(Failure const& failed) {
    auto diagnostics = failed.diagnostics();
    diagnostics.back().note("nothing was written or applied");
    return Failure(std::move(diagnostics), failed.exit_code());
}

/// What a person is about to be asked about.
void show_migration(Context& context, engine::Change const& change) {
    if (change.empty() || !context.terminal.is_interactive()) return;
    context.terminal.line("The new migration:");
    context.terminal.line();
    show_sql(context, change.text);
    context.terminal.line();
}

/// What lint finds in the migration that the change becomes.
std::vector<lint::Finding> lint_of(Context& context, engine::Session& session,
                                   engine::Replay& replay, engine::Change const& change) {
    if (change.empty()) return {};
    auto const proposed =
        engine::propose_migration(session, "next", context.timestamp(), change.text);
    return engine::lint_new_migration(session, replay, proposed).findings;
}

void show_remarks(Context& context, std::string const& remarks) {
    if (remarks.empty()) return;
    context.terminal.line("Findings of `cm-migrate lint`:");
    context.terminal.lines(remarks);
    context.terminal.line();
}

/// Writes and applies the next migration; false if the user declined. `applied`: what was pending.
bool make_migration(DevOptions const& o, Context& context, engine::Session& session,
                    Findings const& found, Applied const& applied) {
    auto const& change = found.next;
    show_migration(context, change);
    auto const answer = accept_migration(
        o, context, session, change,
        applied.names.empty() ? nothing_was_done
                              : "the pending migrations were applied; nothing else was changed");
    if (!answer.is_given) {
        context.terminal.line("Nothing was written.");
        return false;
    }
    auto const text = change.empty() ? std::string{empty_migration} : change.text;
    auto const migration =
        engine::propose_migration(session, migration_name(o, context), context.timestamp(), text);
    engine::write_migration(session, migration);
    context.terminal.line(fmt::format("Migration file created: {}",
                                      engine::display_path(session.project, migration.file)));
    context.terminal.line();
    // What no row here confirms may be confirmed elsewhere.
    show_remarks(context, lint_remarks(found.lint, context.sources, answer.told));
    if (o.create_only) {
        context.terminal.line(
            "It has not been applied. Edit it as needed, then apply it with `cm-migrate dev`.");
        return true;
    }
    auto const last = apply(o, session, context);
    report_in_sync(context, applied.elapsed + last.elapsed);
    return true;
}

/// Says what the schema file asks for beyond the migration that the drift has become.
void show_rest(Context& context, engine::Change const& rest) {
    if (rest.empty()) {
        return;
    }
    auto& terminal = context.terminal;
    terminal.line();
    terminal.line("The schema file contains further changes:");
    terminal.line();
    terminal.lines(schema::summary(rest.plan));
    terminal.line();
    terminal.line("Update the schema file, or create the next migration with `cm-migrate dev`.");
}

/// For a program, which has not seen what was shown.
[[noreturn]] void refuse_drift(engine::Drift const& drift) {
    throw Failure(error("CM0529", "schema drift: the database does not match its migration history")
                      .note("{}", schema::summary(drift.made.plan))
                      .note("no changes were made")
                      .help("`--drift migrate` creates a migration from it and marks it as applied")
                      .help("`--drift undo` reverts it in the database"),
                  ExitCode::drift);
}

}  // namespace

void require_name(Context& context) {
    if (context.terminal.is_interactive()) return;
    throw Failure(
        error("CM0002", "the new migration needs a name, but standard input is not a terminal")
            .help("pass `--name NAME`"),
        ExitCode::usage);
}

Acceptance accept_migration(DevOptions const& o, Context& context, engine::Session& session,
                            engine::Change const& change, std::string_view done) {
    return accept_hazards(
        context, change, *session.connection,
        {.accepted = o.accept_data_loss,
         .certain = o.create_only ? CertainFailures::report : CertainFailures::refuse,
         .done = done,
         .question = "Create and apply this migration?",
         .is_dry_run = session.is_dry_run,
         .levels = engine::lint_levels(session.project.configuration.lint)});
}

void report_nothing_to_do(Context& context) {
    context.terminal.success("Already in sync, no schema change or pending migration was found.");
}

void prove(DevOptions const& o, Context& context, engine::Session& session, engine::Replay& replay,
           engine::Declaration const& declaration, engine::Change const& change) {
    if (change.empty()) return;
    try {
        auto const proposed = engine::propose_migration(session, o.name.value_or("next"),
                                                        context.timestamp(), change.text);
        engine::prove_migration(session, replay, proposed);
        if (!o.no_verify) {
            engine::verify_migration(session, replay, proposed, declaration);
        }
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
        diagnostics.back().help("complete it manually before `cm-migrate dev` applies it");
        context.terminal.report(diagnostics, context.sources);
        context.terminal.remark({});
    }
}

std::optional<ExitCode> settle(DevOptions const& o, Context& context, engine::Session& session,
                               engine::Replay& replay, engine::Declaration const& declaration,
                               engine::Drift const& drift, engine::Change const& next) {
    if (context.terminal.writes_only_data() && !o.drift) {
        refuse_drift(drift);
    }
    auto const outcome = resolve_drift({
        .context = context,
        .session = session,
        .replay = replay,
        .drift = drift,
        .is_asked_for = !next.empty() && is_as_declared(session, replay, declaration),
        .prove_next = [&] { prove(o, context, session, replay, declaration, next); },
        .choice = o.drift ? std::optional{drift_choice(*o.drift)} : std::nullopt,
        .name = is_given(o.name) ? o.name : std::nullopt,
        .accept_data_loss = o.accept_data_loss,
        .settings = settings(o.apply),
    });
    switch (outcome) {
        case DriftOutcome::proceed:
            return {};
        case DriftOutcome::done:
            show_rest(context, engine::next_change(session, replay, declaration));
            return ExitCode::ok;
        case DriftOutcome::stop:
            break;
    }
    if (context.terminal.writes_only_data()) {
        refuse_drift(drift);
    }
    return ExitCode::drift;
}

history::Comparison examine_history(Context& context, engine::Session& session) {
    auto comparison = engine::compare(session);
    engine::refuse_failed(comparison);
    refuse_missing(session, comparison);
    engine::refuse_unknown_history(session);
    report_oddities(context, comparison);
    return comparison;
}

Findings look(DevOptions const& o, Context& context, engine::Session& session,
              engine::Replay& replay, engine::Declaration const& declaration,
              history::Comparison const& comparison) {
    try {
        auto drift = engine::find_drift(session, replay, comparison);
        auto next = next_change(o, context, session, replay, declaration);
        auto findings = lint_of(context, session, replay, next);
        // Somebody may have written or edited pending ones by hand.
        auto on_pending =
            lint_remarks(engine::lint_texts(session, comparison.pending).findings, context.sources);
        return {std::move(drift), std::move(next), std::move(findings), std::move(on_pending)};
    } catch (Failure const& failed) {
        if (failed.exit_code() != ExitCode::failed_migration) throw;
        auto diagnostics = failed.diagnostics();
        for (auto const& name : comparison.out_of_order) {
            diagnostics.back().note(
                "`{}` is pending, but comes before migrations that are already applied", name);
        }
        throw before_any_change(Failure(std::move(diagnostics), failed.exit_code()));
    }
}

bool bring_up_to_date(DevOptions const& o, Context& context, engine::Session& session,
                      Findings const& found) {
    auto const& change = found.next;
    if (!o.create_only) show_remarks(context, found.pending_remarks);
    auto const applied = o.create_only ? Applied{} : apply(o, session, context);
    if (!change.empty() || o.create_only) {
        return make_migration(o, context, session, found, applied);
    }
    if (applied.names.empty()) {
        report_nothing_to_do(context);
    } else {
        report_in_sync(context, applied.elapsed);
    }
    return true;
}

}  // namespace cm::command
