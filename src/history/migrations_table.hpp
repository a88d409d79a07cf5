// The migrations table (default `_migrations`): the same columns as Prisma's `_prisma_migrations`.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pg/connection.hpp"
#include "sql/name.hpp"

namespace cm::history {

/// A row, less its moments: it only counts whether they have come.
struct MigrationRecord {
    std::string id{};
    std::string checksum{};
    std::string migration_name{};
    bool is_finished{};
    bool is_rolled_back{};
    std::optional<std::string> logs{};
    int applied_steps_count{};
    bool operator==(MigrationRecord const&) const = default;
};

/// Where the rows are.
struct MigrationsTable {
    sql::QualifiedName table{};
};

bool exists(MigrationsTable const& migrations_table, pg::Connection& connection);
/// CREATE TABLE IF NOT EXISTS as one statement, for a batch.
std::string create_table_statement(MigrationsTable const& migrations_table);
/// All rows in the order they were started; none if there is no table.
std::vector<MigrationRecord> read(MigrationsTable const& migrations_table,
                                  pg::Connection& connection);
/// The same, but none at all if there is no table. Waits for a lock on it no longer than the
/// connection's read_lock_timeout.
std::optional<std::vector<MigrationRecord>> read_if_there(MigrationsTable const& migrations_table,
                                                          pg::Connection& connection);

/// The same, and what `question` asks besides, in one round trip.
struct EntriesAndAnswers {
    std::optional<std::vector<MigrationRecord>> entries{};
    std::vector<sql::Rows> answers{};
};

EntriesAndAnswers read_and_ask(MigrationsTable const& migrations_table, pg::Connection& connection,
                               std::vector<std::string> const& questions);

/// A random identifier for a row. Ours rather than the server's, so that a row can be looked for
/// after a connection was lost.
std::string new_id();

/// What a row says of a migration from the start.
struct NewEntry {
    std::string id{};
    std::string_view name{};
    std::string_view checksum{};
};

/// SQL that records a migration as applied in one statement (times by the server).
std::string insert_applied_statement(MigrationsTable const& migrations_table, NewEntry const& entry,
                                     int applied_steps);
/// Records the start of a migration that cannot be one transaction; `logs` is its step record.
void record_start(MigrationsTable const& migrations_table, pg::Connection& connection,
                  NewEntry const& entry, std::string_view logs);
/// SQL that records how far it has come, or that it is finished.
std::string step_statement(MigrationsTable const& migrations_table, std::string_view id,
                           std::size_t applied_steps, std::string_view logs);
std::string finish_statement(MigrationsTable const& migrations_table, std::string_view id,
                             std::size_t applied_steps);
/// Goes on with an open row: the file may have been edited since.
void record_resumption(MigrationsTable const& migrations_table, pg::Connection& connection,
                       NewEntry const& entry, std::size_t applied_steps, std::string_view logs);
/// Why a migration that was started by `record_start` failed; `rolled_back` if nothing of it stays.
void record_logs(MigrationsTable const& migrations_table, pg::Connection& connection,
                 std::string_view id, std::string_view logs, bool rolled_back);
/// A failure of which nothing stays, of a migration that has no row yet.
void record_undone(MigrationsTable const& migrations_table, pg::Connection& connection,
                   NewEntry const& entry, std::string_view logs);
/// The row of that identifier; none if there is no table either.
std::optional<MigrationRecord> find(MigrationsTable const& migrations_table,
                                    pg::Connection& connection, std::string_view id);
/// Marks the open or failed rows of a migration as rolled back; gives their number.
int mark_rolled_back(MigrationsTable const& migrations_table, pg::Connection& connection,
                     std::string_view name);
/// The text that a finished migration was applied with is another one.
void change_checksum(MigrationsTable const& migrations_table, pg::Connection& connection,
                     std::string_view name, std::string_view checksum);
/// Removes all rows of a migration.
void remove_entries(MigrationsTable const& migrations_table, pg::Connection& connection,
                    std::string_view name);
/// Marks the finished rows of a migration as rolled back.
void take_back(MigrationsTable const& migrations_table, pg::Connection& connection,
               std::string_view name);

}  // namespace cm::history
