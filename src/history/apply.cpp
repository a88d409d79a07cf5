// See apply.hpp. Uses of run_script; they differ in what is recorded and what the user is told.
#include "history/apply.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/assert.hpp"
#include "base/elapsed.hpp"
#include "base/log.hpp"
#include "base/sqlstate.hpp"
#include "history/advice.hpp"
#include "history/existing_object.hpp"
#include "history/failure_diagnostic.hpp"
#include "history/outcome.hpp"
#include "history/prepared.hpp"
#include "history/progress.hpp"
#include "history/retry.hpp"
#include "history/script_text.hpp"
#include "sql/split.hpp"

namespace cm::history {
namespace {

[[noreturn]] void throw_lost(Migration const& migration, pg::ServerMessage const& server,
                             std::string note, std::string help,
                             ExitCode exit_code = ExitCode::cannot_connect) {
    throw Failure(
        error("CM0408", "the connection to the server was lost while applying `{}`", migration.name)
            .about({.sqlstate = server.disconnect_sqlstate, .migration = migration.name})
            .note("{}", server.message)
            .note("{}", note)
            .help("{}", help),
        exit_code);
}

constexpr std::chrono::milliseconds longest_pause{2000};

/// A server that restarts, or a line that is down for a moment: what became of the migration is
/// asked with growing pauses. Throws what went wrong last.
std::optional<MigrationRecord> poll(std::string_view name, std::string const& id,
                                    MigrationsTable const& migrations_table,
                                    pg::Connection& connection, ApplyOptions const& options) {
    using Clock = std::chrono::steady_clock;
    auto const deadline = Clock::now() + options.patience;
    for (std::chrono::milliseconds pause{250};; pause = std::min(pause * 2, longest_pause)) {
        try {
            options.reconnect();
            return find(migrations_table, connection, id);
        } catch (Failure const& failed) {
            if (failed.exit_code() != ExitCode::cannot_connect || Clock::now() >= deadline) throw;
            log::swallowed("reconnecting, which is tried again", failed);
            if (options.lost) options.lost(name, failed.what());
        } catch (pg::SqlError const& failed) {
            if (!failed.connection_lost() || Clock::now() >= deadline) throw;
            log::swallowed("reconnecting, which is tried again", failed);
            if (options.lost) options.lost(name, failed.what());
        }
        pg::pause(pause);
    }
}

/// What became of a migration, as its row says; none if nothing of it stays.
std::optional<StepRecord> kept_of(std::optional<MigrationRecord> const& entry) {
    auto const record = entry ? parse_step_record(entry->logs.value_or("")) : std::nullopt;
    return record && !record->not_started() ? record : std::nullopt;
}

/// The answer to a COMMIT may be lost on its way: the migration record knows what became of it.
void verify_commit_outcome(Migration const& migration, pg::ServerMessage const& server,
                           std::string const& id, MigrationsTable const& migrations_table,
                           pg::Connection& connection, ApplyOptions const& options) {
    if (!options.reconnect) {
        throw_lost(migration, server, "if it was applied, it is recorded",
                   "check the server log, then run the command again");
    }
    std::optional<MigrationRecord> entry{};
    try {
        entry = poll(migration.name, id, migrations_table, connection, options);
    } catch (std::exception const& failed) {
        // A database that is gone, or a password that no longer holds, is no reason to try again.
        auto const* const refused = dynamic_cast<Failure const*>(&failed);
        throw_lost(
            migration, server,
            fmt::format("its outcome could not be determined: {}", failed.what()),
            "run `cm-migrate status` once the server can be reached, then run the command again",
            refused != nullptr ? refused->exit_code() : ExitCode::cannot_connect);
    }
    if (entry && entry->is_finished) {
        if (options.settled) {
            options.settled(migration.name);
        }
        return;
    }
    auto const record = kept_of(entry);
    if (!record) {
        throw_lost(migration, server, "after reconnecting: it was rolled back",
                   "run the command again to apply the migration from the beginning");
    }
    throw_lost(migration, server, fmt::format("after reconnecting: it {}", describe(*record)),
               "the next `cm-migrate deploy` resumes from there");
}

/// An interrupted migration is explained like one that failed.
[[noreturn]] void throw_interrupted(Failure const& interrupted, Migration const& migration,
                                    std::string const& id, MigrationsTable const& migrations_table,
                                    pg::Connection& connection) {
    pg::InterruptsIgnored const looking{};
    auto diagnostics = interrupted.diagnostics();
    diagnostics.front().about({.migration = migration.name});
    try {
        auto const entry = find(migrations_table, connection, id);
        auto const record = kept_of(entry);
        if (record) {
            diagnostics.front()
                .note("the migration `{}` {}", migration.name, describe(*record))
                .help("the next `cm-migrate deploy` resumes from there");
        } else if (!entry || !entry->is_finished) {
            diagnostics.front().note("the migration `{}` was rolled back", migration.name);
        }
    } catch (std::exception const& gone) {
        log::swallowed("reading the record of the interrupted migration", gone);
        diagnostics.front().help("`cm-migrate status` shows how far it got");
    }
    throw Failure(std::move(diagnostics), interrupted.exit_code());
}

/// A statement that commits by itself (CALL, DO) has failed, and nobody knows what it had done by
/// then.
void add_doubt(Diagnostic& diagnostic, std::size_t number) {
    diagnostic.help(
        "inspect the database: `cm-migrate deploy --resume-from {}` runs it again, `--resume-from "
        "{}` skips it",
        number, number + 1);
}

/// For whoever starts the command: what is in the way goes by, or stays until somebody does
/// something. A migration goes on where it stopped.
ExitCode exit_code_of(ScriptFailure const& failure) {
    return is_transient(failure.server.sqlstate) && !failure.in_flight ? ExitCode::busy
                                                                       : ExitCode::failed_migration;
}

/// Nobody knows what stays of a script that is no migration: it may be run again only if that is
/// nothing.
ExitCode exit_code_of_script(ScriptFailure const& failure, Subject const& subject) {
    return is_transient(failure.server.sqlstate) && can_run_again(failure, subject)
               ? ExitCode::busy
               : ExitCode::failure;
}

void add_next_step(Diagnostic& diagnostic, ScriptFailure const& failure, std::string const& name,
                   pg::Connection& connection) {
    auto const is_outside = lies_outside(failure.server);
    if (failure.undone() && is_outside) {
        diagnostic.help("then run the command again; the file does not need to be changed");
        return;
    }
    if (failure.undone()) {
        if (already_exists(failure.server.sqlstate) &&
            !was_made_by_script(failure.server, connection)) {
            diagnostic.help(
                "if all changes of the migration are already in place: `cm-migrate resolve "
                "--applied {}`",
                name);
        }
        diagnostic.help("correct the file or the data, then run the command again");
        return;
    }
    if (failure.in_flight && failure.statement) {
        add_doubt(diagnostic, failure.committed_statements + 1);
    } else if (is_transient(failure.server.sqlstate)) {
        diagnostic.help("the next `cm-migrate deploy` resumes from there");
    } else if (is_outside) {
        diagnostic.help(
            "then `cm-migrate deploy --resume` resumes from there; the file does not need to be "
            "changed");
    } else {
        diagnostic.help(
            "correct the file from this statement on, or the data, then run `cm-migrate deploy "
            "--resume`");
    }
    diagnostic.help(
        "or revert the committed statements manually, then run `cm-migrate resolve --rolled-back "
        "{}`",
        name);
    diagnostic.help(
        "or run the remaining statements manually, then run `cm-migrate resolve --applied {}`",
        name);
}

/// A statement ran outside of a transaction, and PostgreSQL keeps nothing that tells how it ended.
[[noreturn]] void throw_unknown(Prepared const& prepared, std::size_t at) {
    auto const& statement = prepared.script.statements.at(at);
    auto diagnostic = error("CM0516", "{}: it is unknown whether statement {} took effect",
                            prepared.subject.title, at + 1);
    diagnostic.primary = Label{{prepared.subject.file, statement.begin, statement.end}, {}};
    diagnostic.about({.migration = prepared.subject.migration, .statement = at + 1});
    diagnostic.note("the run stopped while PostgreSQL was executing it");
    diagnostic.help("inspect the database; if it took effect: `cm-migrate deploy --resume-from {}`",
                    at + 2);
    throw Failure(
        std::move(diagnostic.help("if it did not: `cm-migrate deploy --resume-from {}`", at + 1)),
        ExitCode::failed_migration);
}

void explain_wait(Diagnostic& diagnostic, ScriptFailure const& failure, RunOptions const& limits) {
    if (failure.server.sqlstate == sqlstate::lock_not_available && limits.explain_wait) {
        limits.explain_wait(diagnostic);
    }
}

[[noreturn]] void throw_failed(ScriptFailure const& failure, Prepared const& prepared,
                               std::string const& name, SourceMap const& sources,
                               pg::Connection& connection, RunOptions const& limits,
                               ProgressRecord& progress) {
    progress.fail(failure);
    auto diagnostic =
        failure_diagnostic(failure, prepared.subject, prepared.script, sources, connection);
    explain_wait(diagnostic, failure, limits);
    add_outcome(diagnostic, failure, prepared);
    add_prepared_transactions(diagnostic, failure, prepared, connection);
    if (progress.unrecorded()) {
        diagnostic.note("the failure could not be recorded: {}", *progress.unrecorded());
    }
    add_next_step(diagnostic, failure, name, connection);
    throw Failure(std::move(diagnostic), exit_code_of(failure));
}

void apply(Migration const& migration, std::optional<Stop> const& stop,
           MigrationsTable const& migrations_table, pg::Connection& connection, SourceMap& sources,
           ApplyOptions const& options) {
    log::InMigration const logged(migration.name);
    Stopwatch const time{};
    auto const prepared = prepare("CM0504", migration, sources);
    log::write(log::Level::info, stop ? "resuming migration" : "applying migration",
               {{"statements", prepared.script.statements.size()}});
    ProgressRecord progress(migration, prepared.text, prepared.script, migrations_table,
                            connection);
    auto limits = options.limits;
    try {
        if (stop) {
            progress.resume(*stop);
            limits.resume = stop->position;
        }
        auto const failure =
            run_script(prepared.text, prepared.script, connection, progress.recording(), limits);
        if (!failure) {
            log::write(log::Level::info, "migration applied", {{"elapsedMs", time.exactly()}});
            return;
        }
        log::write(log::Level::error, "migration failed",
                   {{"elapsedMs", time.exactly()},
                    {"sqlstate", failure->server.sqlstate},
                    {"statement",
                     failure->statement ? std::optional{*failure->statement + 1} : std::nullopt},
                    {"error", failure->server.message}});
        if (failure->effect_unknown) {
            throw_unknown(prepared, *failure->statement);
        }
        if (!failure->connection_lost()) {
            throw_failed(*failure, prepared, migration.name, sources, connection, limits, progress);
        }
        verify_commit_outcome(migration, failure->server, progress.id(), migrations_table,
                              connection, options);
    } catch (Failure const& failed) {
        if (failed.exit_code() == ExitCode::interrupted) {
            throw_interrupted(failed, migration, progress.id(), migrations_table, connection);
        }
        throw;
    } catch (pg::SqlError const&
                 failed) {  // the migrations table itself, in a script that goes step by step
        if (failed.connection_lost()) {
            verify_commit_outcome(migration, failed.server(), progress.id(), migrations_table,
                                  connection, options);
            return;
        }
        pg::throw_failure(failed, fmt::format("recording migration `{}`", migration.name));
    }
}

}  // namespace

void apply(Migration const& migration, MigrationsTable const& migrations_table,
           pg::Connection& connection, SourceMap& sources, ApplyOptions const& options) {
    apply(migration, std::nullopt, migrations_table, connection, sources, options);
}

void require_unedited(Migration const& migration, Stop const& stop) {
    auto const text = without_bom(migration.script);
    auto const script = sql::split(text);
    auto const record = parse_step_record(stop.entry.logs.value_or(""));
    CM_ASSERT(record.has_value());
    if (script.statements.size() < record->done ||
        digest_of(text, script, record->done) != record->digest) {
        throw Failure(
            error("CM0515", "committed statements of the migration `{}` were edited",
                  migration.name)
                .about({.migration = migration.name})
                .note("statements 1 to {} were committed and are still in place", record->done)
                .help("restore them: only the statements after them may be corrected")
                .help("or run the remaining statements manually, then run `cm-migrate resolve "
                      "--applied {}`",
                      migration.name),
            ExitCode::failed_migration);
    }
}

void require_transactional(Migration const& migration, sql::Script const& script) {
    if (sql::is_transactional(script)) return;
    throw Failure(error("CM0517", "the migration `{}` cannot run in a transaction with others",
                        migration.name)
                      .about({.migration = migration.name})
                      .help("run the command without `--single-transaction`"),
                  ExitCode::failed_migration);
}

void resume(Migration const& migration, Stop const& stop, MigrationsTable const& migrations_table,
            pg::Connection& connection, SourceMap& sources, ApplyOptions const& options) {
    require_unedited(migration, stop);
    apply(migration, stop, migrations_table, connection, sources, options);
}

void apply_together(std::vector<Migration> const& migrations,
                    MigrationsTable const& migrations_table, pg::Connection& connection,
                    SourceMap& sources, ApplyOptions const& options,
                    std::function<void(Migration const&)> const& beginning) {
    std::vector<Prepared> prepared{};
    prepared.reserve(migrations.size());
    std::vector<NewEntry> entries{};
    for (auto const& migration : migrations) {
        prepared.push_back(prepare("CM0504", migration, sources));
        require_transactional(migration, prepared.back().script);
        entries.push_back({new_id(), migration.name, migration.checksum});
    }
    std::vector<BatchPart> parts{};
    for (std::size_t i = 0; i < migrations.size(); ++i) {
        auto const& script = prepared[i].script;
        parts.push_back({prepared[i].text, script,
                         insert_applied_statement(migrations_table, entries[i],
                                                  static_cast<int>(script.statements.size()))});
    }
    auto const failed = run_together(parts, connection, options.limits,
                                     [&](std::size_t i) { beginning(migrations[i]); });
    if (!failed) {
        return;
    }
    auto const& migration = migrations[failed->part];
    if (failed->failure.connection_lost()) {
        verify_commit_outcome(migration, failed->failure.server, entries.back().id,
                              migrations_table, connection, options);
        return;
    }
    auto const& blamed = prepared[failed->part];
    ProgressRecord progress(migration, blamed.text, blamed.script, migrations_table, connection);
    try {
        throw_failed(failed->failure, blamed, migration.name, sources, connection, options.limits,
                     progress);
    } catch (Failure const& failure) {
        auto diagnostics = failure.diagnostics();
        if (migrations.size() > 1) {
            diagnostics.front().note("the other migrations of this run were rolled back, too");
        }
        throw Failure(std::move(diagnostics), failure.exit_code());
    }
}

void execute_script(std::string_view name, std::string_view script, pg::Connection& connection,
                    SourceMap& sources, RunOptions const& options) {
    auto prepared =
        prepare("CM0506", fmt::format("`{}`", name), std::string(name), script, sources);
    prepared.subject.is_derived = options.is_derived;
    StepPosition reached{};
    auto watched = options;
    watched.reached = [&](StepPosition position) { reached = position; };
    std::optional<ScriptFailure> failure{};
    try {
        failure = run_script(prepared.text, prepared.script, connection, {}, watched);
    } catch (Failure const& failed) {
        if (failed.exit_code() != ExitCode::interrupted) throw;
        throw_interrupted_script(failed, prepared, reached, connection);
    } catch (pg::SqlError const& failed) {  // between the steps of a script
        failure = ScriptFailure{.server = failed.server(), .committed_statements = reached.done};
    }
    if (!failure) {
        return;
    }
    if (failure->connection_lost()) {
        throw_lost_script(*failure, prepared);
    }
    auto diagnostic =
        failure_diagnostic(*failure, prepared.subject, prepared.script, sources, connection);
    explain_wait(diagnostic, *failure, options);
    add_script_outcome(diagnostic, *failure, prepared);
    add_prepared_transactions(diagnostic, *failure, prepared, connection);
    throw Failure(std::move(diagnostic), exit_code_of_script(*failure, prepared.subject));
}

}  // namespace cm::history
