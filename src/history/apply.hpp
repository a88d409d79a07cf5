// Executes a migration and records it: one transaction and one round trip where the file allows it.
#pragma once
#include <functional>
#include <vector>

#include "base/source.hpp"
#include "history/directory.hpp"
#include "history/migrations_table.hpp"
#include "history/run_script.hpp"
#include "history/step_record.hpp"
#include "sql/split.hpp"

namespace cm::history {

/// How migrations are applied.
struct ApplyOptions {
    RunOptions limits{};
    /// Called when the connection was lost: makes it anew and takes the lock again, so that nobody
    /// is at work any more when the migration record is asked what became of the migration. Throws
    /// Failure if that cannot be done.
    std::function<void()> reconnect{};
    /// Told that the connection was lost and a new one is sought, each time that it fails.
    std::function<void(std::string_view name, std::string_view reason)> lost{};
    /// How long a new connection is sought.
    std::chrono::milliseconds patience{std::chrono::seconds{30}};
    /// Told when a connection was lost and the migration turned out to be applied.
    std::function<void(std::string_view name)> settled{};
};

/// Where a migration stopped, from its migration record.
struct Stop {
    MigrationRecord entry{};
    StepPosition position{};
};

/// Applies one migration and its migration record exactly once or not at all. A file that cannot
/// run in a transaction (see sql::split) goes stretch by stretch with each step recorded. On
/// failure the migrations table says so, and Failure CM0504 (ExitCode::failed_migration) shows
/// file, line, caret, SQLSTATE, detail, hint, what was undone and what to do next; the file is
/// added to `sources` for that.
void apply(Migration const& migration, MigrationsTable const& migrations_table,
           pg::Connection& connection, SourceMap& sources, ApplyOptions const& options = {});

/// Throws Failure CM0515 if what has been carried out of a migration that stopped was edited.
void require_unedited(Migration const& migration, Stop const& stop);

/// Throws Failure CM0517 if a migration cannot run in one transaction with others.
void require_transactional(Migration const& migration, sql::Script const& script);

/// Goes on with a migration that stopped halfway. Throws Failure CM0515 if what has been carried
/// out was edited, CM0516 if PostgreSQL does not know what became of a statement.
void resume(Migration const& migration, Stop const& stop, MigrationsTable const& migrations_table,
            pg::Connection& connection, SourceMap& sources, ApplyOptions const& options);

/// Applies several migrations in one transaction: all or none. Throws Failure CM0517 if one of them
/// cannot run in a transaction. `beginning` is told each in turn.
void apply_together(std::vector<Migration> const& migrations,
                    MigrationsTable const& migrations_table, pg::Connection& connection,
                    SourceMap& sources, ApplyOptions const& options,
                    std::function<void(Migration const&)> const& beginning);

/// Runs any script in one transaction where possible (push, seed, execute). Throws Failure CM0506.
void execute_script(std::string_view name, std::string_view script, pg::Connection& connection,
                    SourceMap& sources, RunOptions const& options = {});

}  // namespace cm::history
