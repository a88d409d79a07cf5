// See diagnosis.hpp.
#include "engine/diagnosis.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/file.hpp"
#include "base/log.hpp"
#include "engine/declared_change.hpp"
#include "engine/neighbours.hpp"
#include "engine/protection.hpp"
#include "engine/recorded_state.hpp"
#include "engine/sql_source/declared_state.hpp"
#include "engine/takeover_advice.hpp"
#include "schema/diff.hpp"
#include "schema/schema.hpp"
#include "schema/scope.hpp"

namespace cm::engine {
namespace {

constexpr std::string_view is_as_migrated = "whether the database matches its migration history";

/// A row without a word of failure, while another cm-migrate is at work: that one is writing it.
void set_running_apart(Diagnosis& diagnosis) {
    if (!diagnosis.at_work || !diagnosis.at_work->holds_lock) {
        return;
    }
    auto& history = diagnosis.history;
    auto const is_running = [](history::StoppedMigration const& stopped) {
        return history::without_step_record(stopped.entry.logs.value_or("")).empty();
    };
    for (auto const& stopped : history.stopped) {
        if (is_running(stopped)) diagnosis.running.push_back(stopped.entry.migration_name);
    }
    std::erase_if(history.stopped, is_running);
    std::erase_if(history.failed, [&](std::string const& name) {
        return std::find(diagnosis.running.begin(), diagnosis.running.end(), name) !=
               diagnosis.running.end();
    });
}

/// The role and the machine, not the migrations, are what stands in the way of a replay.
bool is_without_replay_server(Diagnostic const& diagnostic) {
    return diagnostic.code == "CM0410" || diagnostic.code == "CM0411";
}

NotVerified not_verified(std::string what, pg::SqlError const& refused) {
    if (refused.connection_lost()) {
        throw refused;
    }
    auto const& server = refused.server();
    return {.what = std::move(what),
            .reason = fmt::format("{} ({})", server.message, server.sqlstate),
            .notes = {},
            .remedies = {}};
}

NotVerified not_verified(std::string what, Failure const& failure) {
    auto const& first = failure.diagnostics().front();
    NotVerified result{.what = std::move(what), .reason = first.message, .notes = first.notes};
    if (is_without_replay_server(first)) {
        result.remedies = {
            "allow the role to create databases (`ALTER ROLE … CREATEDB`)",
            "or set `shadowDatabaseUrl` in the datasource block to a database that may be emptied",
            "or install the PostgreSQL server where cm-migrate runs (Debian, Ubuntu: `apt install "
            "postgresql`)"};
    } else {
        result.remedies = first.helps;
    }
    return result;
}

/// Each expression that was taken for equal though nobody could say so.
void note_unsettled(Diagnosis& diagnosis, std::vector<Unsettled> const& unsettled) {
    for (auto const& each : unsettled) {
        diagnosis.not_verified.push_back(
            {.what = "whether " + each.what + " is the one in the database",
             .reason = each.reason,
             .notes = {},
             .remedies = {
                 "write it exactly as the database does: `cm-migrate pull --print` shows it"}});
    }
}

void look_for_drift(Diagnosis& diagnosis, Session& session, Replay& replay) {
    try {
        std::vector<Unsettled> unsettled{};
        auto drift =
            find_drift(session, replay, diagnosis.history, &unsettled, &diagnosis.never_compared);
        note_unsettled(diagnosis, unsettled);
        if (auto const left_out = replay.unverified()) {
            // A difference need not be drift, and none is no proof that there is none.
            auto& result = diagnosis.not_verified.emplace_back(
                NotVerified{.what = std::string(is_as_migrated), .reason = left_out->reason});
            if (drift) result.notes.emplace_back("the database differs from what was replayed");
            if (!left_out->remedy.empty()) result.remedies.push_back(left_out->remedy);
            diagnosis.drift_unknown = left_out->reason;
        } else if (drift) {
            diagnosis.drift = std::move(drift->made);
        }
    } catch (Failure const& failure) {
        if (failure.exit_code() == ExitCode::interrupted) {
            throw;
        }
        auto& result =
            diagnosis.not_verified.emplace_back(not_verified(std::string(is_as_migrated), failure));
        if (diagnosis.unrecorded) {
            result.notes.push_back("without a replay: " + *diagnosis.unrecorded);
            result.remedies.emplace_back(
                "or run `cm-migrate resolve --accept-drift`, which records the database as it is");
        }
        if (failure.diagnostics().front().code == "CM0505") {
            diagnosis.replay_fails = true;
            result.remedies.emplace_back(
                "if you correct the file of an applied migration, record that with `cm-migrate "
                "resolve --accept-edited NAME`");
        }
        diagnosis.drift_unknown = result.reason;
    } catch (pg::SqlError const& refused) {
        diagnosis.not_verified.push_back(not_verified(std::string(is_as_migrated), refused));
        diagnosis.drift_unknown = diagnosis.not_verified.back().reason;
    }
}

/// What the schema file asks for beyond all migrations of the folder.
Change change_of_schema(Session& session, Replay& replay, Declaration const& declaration) {
    if (declaration.sql || !session.directory.migrations.empty() ||
        session.project.configuration.scratch_setup) {
        return next_change(session, replay, declaration);
    }
    auto const& bare = session.target.url.schema;
    auto const from = schema::empty(bare);
    return change_between(
        from,
        declared_schema(declaration.model, bare, session.project.configuration.external, from, {})
            .schema,
        bare);
}

void compare_schema_file(Diagnosis& diagnosis, Session& session,
                         std::function<Change(Declaration const&)> const& change_of) {
    std::optional<Declaration> declaration{};
    try {
        declaration = read_declaration(session.project, session.sources);
    } catch (Failure const& failure) {
        diagnosis.unreadable = failure.what();
        log::swallowed("reading the schema file", failure);
        return;
    }
    try {
        auto change = change_of(*declaration);
        diagnosis.schema_was_compared = true;
        note_unsettled(diagnosis, change.unsettled);
        if (!change.empty()) {
            diagnosis.unmigrated = std::move(change);
        }
    } catch (Failure const& failure) {
        if (failure.exit_code() == ExitCode::interrupted) {
            throw;
        }
        diagnosis.not_verified.push_back(
            not_verified("whether the migrations contain all changes of the schema file", failure));
    } catch (pg::SqlError const& refused) {
        diagnosis.not_verified.push_back(
            not_verified("whether the migrations contain all changes of the schema file", refused));
    }
}

/// A database that holds something, though nobody has ever recorded a migration and there is none.
std::optional<NotVerified> unrecorded_database(Session& session) {
    auto all = read_live_schema(session);
    auto const members = schema::extension_members(all);
    auto const live = schema::without_tables(std::move(all), members);
    if (live.tables.empty() && live.enums.empty()) {
        return {};
    }
    auto const& example =
        live.tables.empty() ? live.enums.begin()->first.name : live.tables.begin()->first.name;
    NotVerified result{
        .what = "whether the database is up to date",
        .reason = fmt::format("it is not empty (it contains `{}`), but no migrations are recorded "
                              "in it, and there is no migration in the folder",
                              example)};
    if (has_prisma_entries(session)) {
        result.remedies = {"add the folder of Prisma's migrations, then run `cm-migrate adopt`"};
    } else {
        result.remedies = {
            "run `cm-migrate pull` to write a schema file from the database; then `cm-migrate dev "
            "--name init` creates the first migration from it and marks it as applied"};
    }
    return result;
}

/// Settled first, or nothing can be said about the schemas.
std::optional<std::string> what_hides_drift(Diagnosis const& diagnosis) {
    if (!diagnosis.history.missing.empty()) {
        return "migrations are missing from the folder";
    }
    if (!diagnosis.history.failed.empty()) {
        return "a migration has begun and is not completed yet";
    }
    if (!diagnosis.running.empty()) {
        return "a migration is being applied";
    }
    return {};
}

/// What the database remembers stands for a replay.
std::optional<RecordedState> remember(Diagnosis& diagnosis, Session& session, Replay& replay) {
    if (diagnosis.history.applied.empty()) return {};
    auto found = find_recorded_state(session);
    if (!found.state) {
        diagnosis.unrecorded = std::move(found.reason);
        return {};
    }
    diagnosis.recorded_at = found.state->recorded_at;
    replay.know(migrations_named(session.directory, diagnosis.history.applied),
                found.state->expected);
    return std::move(found.state);
}

void tell_older_drift(Diagnosis& diagnosis, Session& session, RecordedState const& recorded) {
    if (recorded.drifts.empty()) return;
    auto const live = read_live_state(session).schema;
    for (auto const& known : recorded.drifts) {
        auto plan = seen_before(known, diagnosis.drift->plan, live);
        if (!plan.empty())
            diagnosis.seen_drifts.push_back({known.seen_at, known.migration, std::move(plan)});
    }
}

Diagnosis look_once(Session& session, Situation situation, DriftFrom from) {
    Diagnosis diagnosis{.history = std::move(situation.history),
                        .at_work = std::move(situation.at_work)};
    set_running_apart(diagnosis);
    auto const& history = diagnosis.history;
    diagnosis.drift_unknown = what_hides_drift(diagnosis);
    if (diagnosis.drift_unknown) {
        return diagnosis;
    }
    if (history.applied.empty()) {  // else there is a record
        diagnosis.unknown_history = find_unknown_history(session);
        if (diagnosis.unknown_history) {
            diagnosis.takeover = find_takeover(session);
            diagnosis.drift_unknown = "no migrations are recorded in the database";
            return diagnosis;
        }
    }
    if (session.project.is_drizzle && history.applied.empty() && history.pending.empty()) {
        diagnosis.is_pushed = true;
        compare_schema_file(diagnosis, session, [&](Declaration const& declaration) {
            return live_change(session, declaration);
        });
        return diagnosis;
    }
    if (history.applied.empty() && history.pending.empty()) {
        if (auto found = unrecorded_database(session)) {
            diagnosis.drift_unknown = found->reason;
            diagnosis.not_verified.push_back(std::move(*found));
            return diagnosis;
        }
    }
    Replay replay{session};
    // Where all that is recorded was undone, the database is to be empty.
    if (!history.applied.empty() || has_record(session)) {
        auto const recorded = from == DriftFrom::record ? remember(diagnosis, session, replay)
                                                        : std::optional<RecordedState>{};
        look_for_drift(diagnosis, session, replay);
        if (!replay.is_known()) diagnosis.recorded_at.reset();  // see state_under_names_of
        if (recorded && diagnosis.drift) tell_older_drift(diagnosis, session, *recorded);
        if (recorded && replay.is_known()) {
            replay.forget();
            if (recorded->made)
                replay.know(migrations_named(session.directory, history.applied), *recorded->made);
        }
    }
    if (diagnosis.not_verified.empty() && !diagnosis.at_work &&
        is_present(path_to_open(session.project, session.project.schema))) {
        compare_schema_file(diagnosis, session, [&](Declaration const& declaration) {
            return change_of_schema(session, replay, declaration);
        });
    }
    return diagnosis;
}

}  // namespace

Diagnosis diagnose(Session& session, std::function<void(pg::LockHolder const&)> const& found,
                   DriftFrom from) {
    constexpr int attempts = 3;
    auto situation = look_at_history(session);
    load_declared_state(session);
    if (situation.at_work && found) {
        found(*situation.at_work);
    }
    Diagnosis diagnosis{};
    for (int attempt = 1; attempt <= attempts; ++attempt) {
        refuse_foreign_history(session, situation.history);
        diagnosis = look_once(session, situation, from);
        // What was read first may no longer be true.
        if (!situation.at_work && !diagnosis.drift) {
            break;
        }
        auto now = look_at_history(session);
        if (now.history == situation.history) {
            break;
        }
        situation = std::move(now);
    }
    auto const& history = diagnosis.history;
    if (diagnosis.drift || !history.pending.empty() || !history.missing.empty() ||
        !history.failed_elsewhere.empty()) {
        if (auto const mark = protection(session.migrations_table, *session.connection)) {
            diagnosis.protected_as =
                mark->name.value_or("(a name that this role is not allowed to read)");
        }
    }
    return diagnosis;
}

}  // namespace cm::engine
