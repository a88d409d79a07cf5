// See migrations_table.hpp.
#include "history/migrations_table.hpp"

#include <algorithm>
#include <random>

#include "base/diagnostic.hpp"
#include "base/sqlstate.hpp"
#include "history/migrations_table_rights.hpp"
#include "pg/row_security.hpp"

namespace cm::history {
namespace {

std::optional<std::string> given(std::string_view text) {
    return std::string(text);
}

}  // namespace

bool exists(MigrationsTable const& migrations_table, pg::Connection& connection) {
    return !connection
                .fetch(
                    "SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                    "WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p')",
                    {migrations_table.table.schema, migrations_table.table.name})
                .empty();
}

std::string create_table_statement(MigrationsTable const& migrations_table) {
    return fmt::format(
        "CREATE TABLE IF NOT EXISTS {} ("
        "id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at "
        "TIMESTAMPTZ, "
        "migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ, "
        "started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL "
        "DEFAULT 0)",
        sql::quote(migrations_table.table));
}

namespace {

[[noreturn]] void throw_no_record(MigrationsTable const& migrations_table,
                                  pg::ServerMessage const& server) {
    throw Failure(error("CM0536", "the table `{}.{}` is not a migrations table",
                        migrations_table.table.schema, migrations_table.table.name)
                      .note("{}", server.message)
                      .help("if it has another purpose: set another name with `migrationsTable` in "
                            "cm-migrate.json")
                      .help("if it was changed: restore its original columns"));
}

[[noreturn]] void throw_hidden(MigrationsTable const& migrations_table) {
    throw Failure(
        error("CM0552", "row security may hide records of the migrations table `{}.{}`",
              migrations_table.table.schema, migrations_table.table.name)
            .note("row security policies apply to this role, so it may not see all records")
            .help("`ALTER TABLE {} DISABLE ROW LEVEL SECURITY`", sql::quote(migrations_table.table))
            .help("or use a role that policies do not apply to: the table's owner (unless "
                  "row security is forced), or one with BYPASSRLS"));
}

/// None if there is no such table: one round trip less than to ask first.
std::optional<std::vector<sql::Rows>> rows_if_there(MigrationsTable const& migrations_table,
                                                    pg::Connection& connection,
                                                    std::string const& script) {
    try {
        auto const* const after =
            connection.in_transaction() ? "\n;SET LOCAL row_security TO DEFAULT" : "";
        return connection.fetch_all(pg::whole_reading(connection) + script + after);
    } catch (pg::SqlError const& failed) {
        if (failed.server().sqlstate == sqlstate::insufficient_privilege &&
            !connection.in_transaction()) {
            if (pg::has_row_security(connection, migrations_table.table))
                throw_hidden(migrations_table);
            throw_no_right(migrations_table, connection, MigrationsTableUse::read, failed.server());
        }
        if (failed.server().sqlstate == sqlstate::undefined_column) {
            throw_no_record(migrations_table, failed.server());
        }
        if (failed.server().sqlstate != sqlstate::undefined_table || connection.in_transaction()) {
            throw;
        }
        return {};
    }
}

std::string entries_query(MigrationsTable const& migrations_table) {
    return fmt::format(
        "SELECT id, checksum, migration_name, finished_at IS NOT NULL AS is_finished, "
        "rolled_back_at IS NOT NULL AS is_rolled_back, logs, applied_steps_count "
        "FROM {} ORDER BY started_at, migration_name, id",
        sql::quote(migrations_table.table));
}

std::vector<MigrationRecord> to_entries(sql::Rows const& rows) {
    std::vector<MigrationRecord> entries{};
    entries.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const row = rows[i];
        entries.push_back({row.text("id"), row.text("checksum"), row.text("migration_name"),
                           row.boolean("is_finished"), row.boolean("is_rolled_back"),
                           row.optional_text("logs"),
                           static_cast<int>(row.integer("applied_steps_count"))});
    }
    return entries;
}

}  // namespace

std::vector<MigrationRecord> read(MigrationsTable const& migrations_table,
                                  pg::Connection& connection) {
    return read_if_there(migrations_table, connection).value_or(std::vector<MigrationRecord>{});
}

std::optional<std::vector<MigrationRecord>> read_if_there(MigrationsTable const& migrations_table,
                                                          pg::Connection& connection) {
    auto const rows = rows_if_there(migrations_table, connection, entries_query(migrations_table));
    return rows ? std::optional{to_entries(rows->back())} : std::nullopt;
}

EntriesAndAnswers read_and_ask(MigrationsTable const& migrations_table, pg::Connection& connection,
                               std::vector<std::string> const& questions) {
    auto const asked = fmt::format("{}", fmt::join(questions, "\n;"));
    auto rows = rows_if_there(migrations_table, connection,
                              fmt::format("{}\n;{}", asked, entries_query(migrations_table)));
    if (!rows) return {.entries = {}, .answers = connection.fetch_all(asked)};
    auto entries = to_entries(rows->back());
    rows->pop_back();
    return {.entries = std::move(entries), .answers = std::move(*rows)};
}

std::string new_id() {
    thread_local std::mt19937_64 generator{std::random_device{}()};
    auto const high = generator();
    auto const low = generator();
    // A UUID of version 4.
    return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", high >> 32U, (high >> 16U) & 0xFFFFU,
                       high & 0xFFFU, ((low >> 48U) & 0x3FFFU) | 0x8000U, low & 0xFFFFFFFFFFFFU);
}

std::string insert_applied_statement(MigrationsTable const& migrations_table, NewEntry const& entry,
                                     int applied_steps) {
    // now() is the transaction's start, clock_timestamp() the moment of this statement: both are
    // true.
    return fmt::format(
        "INSERT INTO {} (id, checksum, finished_at, migration_name, started_at, "
        "applied_steps_count) "
        "VALUES ({}, {}, clock_timestamp(), {}, now(), {})",
        sql::quote(migrations_table.table), sql::quote_literal(entry.id),
        sql::quote_literal(entry.checksum), sql::quote_literal(entry.name), applied_steps);
}

void record_start(MigrationsTable const& migrations_table, pg::Connection& connection,
                  NewEntry const& entry, std::string_view logs) {
    with_rights(migrations_table, connection, MigrationsTableUse::write, [&] {
        connection.fetch(
            fmt::format("INSERT INTO {} (id, checksum, migration_name, logs) VALUES ($1, "
                        "$2, $3, $4)",
                        sql::quote(migrations_table.table)),
            {entry.id, given(entry.checksum), given(entry.name), given(logs)});
    });
}

std::string step_statement(MigrationsTable const& migrations_table, std::string_view id,
                           std::size_t applied_steps, std::string_view logs) {
    return fmt::format("UPDATE {} SET applied_steps_count = {}, logs = {} WHERE id = {}",
                       sql::quote(migrations_table.table), applied_steps, sql::quote_literal(logs),
                       sql::quote_literal(id));
}

std::string finish_statement(MigrationsTable const& migrations_table, std::string_view id,
                             std::size_t applied_steps) {
    return fmt::format(
        "UPDATE {} SET applied_steps_count = {}, logs = NULL, finished_at = clock_timestamp() "
        "WHERE id = {}",
        sql::quote(migrations_table.table), applied_steps, sql::quote_literal(id));
}

void record_resumption(MigrationsTable const& migrations_table, pg::Connection& connection,
                       NewEntry const& entry, std::size_t applied_steps, std::string_view logs) {
    with_rights(migrations_table, connection, MigrationsTableUse::write, [&] {
        connection.fetch(
            fmt::format("UPDATE {} SET checksum = $2, applied_steps_count = $3::int, logs = $4 "
                        "WHERE id = $1",
                        sql::quote(migrations_table.table)),
            {entry.id, given(entry.checksum), std::to_string(applied_steps), given(logs)});
    });
}

void record_logs(MigrationsTable const& migrations_table, pg::Connection& connection,
                 std::string_view id, std::string_view logs, bool rolled_back) {
    connection.fetch(
        fmt::format(
            "UPDATE {} SET logs = $2, rolled_back_at = CASE WHEN $3::boolean THEN now() END "
            "WHERE id = $1",
            sql::quote(migrations_table.table)),
        {given(id), given(logs), rolled_back ? "t" : "f"});
}

void record_undone(MigrationsTable const& migrations_table, pg::Connection& connection,
                   NewEntry const& entry, std::string_view logs) {
    connection.fetch(
        fmt::format("INSERT INTO {} (id, checksum, migration_name, logs, rolled_back_at) "
                    "VALUES ($1, $2, $3, $4, now())",
                    sql::quote(migrations_table.table)),
        {entry.id, given(entry.checksum), given(entry.name), given(logs)});
}

std::optional<MigrationRecord> find(MigrationsTable const& migrations_table,
                                    pg::Connection& connection, std::string_view id) {
    auto const entries = read(migrations_table, connection);
    auto const found = std::find_if(entries.begin(), entries.end(),
                                    [&](MigrationRecord const& entry) { return entry.id == id; });
    return found == entries.end() ? std::nullopt : std::optional{*found};
}

int mark_rolled_back(MigrationsTable const& migrations_table, pg::Connection& connection,
                     std::string_view name) {
    std::size_t marked = 0;
    with_rights(migrations_table, connection, MigrationsTableUse::write, [&] {
        marked =
            connection
                .fetch(fmt::format("UPDATE {} SET rolled_back_at = now() WHERE migration_name = $1 "
                                   "AND finished_at IS NULL AND rolled_back_at IS NULL RETURNING "
                                   "id",
                                   sql::quote(migrations_table.table)),
                       {given(name)})
                .size();
    });
    return static_cast<int>(marked);
}

void change_checksum(MigrationsTable const& migrations_table, pg::Connection& connection,
                     std::string_view name, std::string_view checksum) {
    with_rights(migrations_table, connection, MigrationsTableUse::write, [&] {
        connection.fetch(fmt::format("UPDATE {} SET checksum = $2 WHERE migration_name = $1 "
                                     "AND finished_at IS NOT NULL AND rolled_back_at IS NULL",
                                     sql::quote(migrations_table.table)),
                         {given(name), given(checksum)});
    });
}

void remove_entries(MigrationsTable const& migrations_table, pg::Connection& connection,
                    std::string_view name) {
    with_rights(migrations_table, connection, MigrationsTableUse::remove, [&] {
        connection.fetch(fmt::format("DELETE FROM {} WHERE migration_name = $1",
                                     sql::quote(migrations_table.table)),
                         {given(name)});
    });
}

void take_back(MigrationsTable const& migrations_table, pg::Connection& connection,
               std::string_view name) {
    with_rights(migrations_table, connection, MigrationsTableUse::write, [&] {
        connection.fetch(
            fmt::format("UPDATE {} SET rolled_back_at = now() WHERE migration_name = $1 "
                        "AND finished_at IS NOT NULL AND rolled_back_at IS NULL",
                        sql::quote(migrations_table.table)),
            {given(name)});
    });
}

}  // namespace cm::history
