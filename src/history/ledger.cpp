// See ledger.hpp.
#include "history/ledger.hpp"

#include <algorithm>
#include <random>

#include "base/diagnostic.hpp"
#include "history/ledger_rights.hpp"
#include "pg/row_security.hpp"

namespace cm::history {
namespace {

std::optional<std::string> given(std::string_view text) {
    return std::string(text);
}

}  // namespace

bool exists(Ledger const& ledger, pg::Connection& connection) {
    return !connection
                .fetch(
                    "SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                    "WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p')",
                    {ledger.table.schema, ledger.table.name})
                .empty();
}

std::string create_table_statement(Ledger const& ledger) {
    return fmt::format(
        "CREATE TABLE IF NOT EXISTS {} ("
        "id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at "
        "TIMESTAMPTZ, "
        "migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ, "
        "started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL "
        "DEFAULT 0)",
        sql::quote(ledger.table));
}

namespace {

[[noreturn]] void throw_no_record(Ledger const& ledger, pg::ServerMessage const& server) {
    throw Failure(error("CM0536", "the table `{}.{}` is no record of migrations",
                        ledger.table.schema, ledger.table.name)
                      .note("{}", server.message)
                      .help("if it is something else: name another one with `migrationsTable` in "
                            "cm-migrate.json")
                      .help("if somebody has changed it: give it back the columns that it had"));
}

[[noreturn]] void throw_hidden(Ledger const& ledger) {
    throw Failure(
        error("CM0552", "row security may hide records of the migrations table `{}.{}`",
              ledger.table.schema, ledger.table.name)
            .note("policies apply to this role there, so what it sees may not be all")
            .help("`ALTER TABLE {} DISABLE ROW LEVEL SECURITY`", sql::quote(ledger.table))
            .help("or use a role that policies do not apply to: the table's owner (unless "
                  "row security is forced), or one with BYPASSRLS"));
}

/// None if there is no such table: one round trip less than to ask first.
std::optional<std::vector<sql::Rows>> rows_if_there(Ledger const& ledger,
                                                    pg::Connection& connection,
                                                    std::string const& script) {
    try {
        auto const* const after =
            connection.in_transaction() ? "\n;SET LOCAL row_security TO DEFAULT" : "";
        return connection.fetch_all(pg::whole_reading(connection) + script + after);
    } catch (pg::SqlError const& failed) {
        constexpr std::string_view undefined_table = "42P01";
        constexpr std::string_view undefined_column = "42703";
        constexpr std::string_view insufficient_privilege = "42501";
        if (failed.server().sqlstate == insufficient_privilege && !connection.in_transaction()) {
            if (pg::has_row_security(connection, ledger.table)) throw_hidden(ledger);
            throw_no_right(ledger, connection, LedgerUse::read, failed.server());
        }
        if (failed.server().sqlstate == undefined_column) {
            throw_no_record(ledger, failed.server());
        }
        if (failed.server().sqlstate != undefined_table || connection.in_transaction()) {
            throw;
        }
        return {};
    }
}

std::string entries_query(Ledger const& ledger) {
    return fmt::format(
        "SELECT id, checksum, migration_name, finished_at IS NOT NULL AS is_finished, "
        "rolled_back_at IS NOT NULL AS is_rolled_back, logs, applied_steps_count "
        "FROM {} ORDER BY started_at, migration_name, id",
        sql::quote(ledger.table));
}

std::vector<LedgerEntry> to_entries(sql::Rows const& rows) {
    std::vector<LedgerEntry> entries{};
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

std::vector<LedgerEntry> read(Ledger const& ledger, pg::Connection& connection) {
    return read_if_there(ledger, connection).value_or(std::vector<LedgerEntry>{});
}

std::optional<std::vector<LedgerEntry>> read_if_there(Ledger const& ledger,
                                                      pg::Connection& connection) {
    auto const rows = rows_if_there(ledger, connection, entries_query(ledger));
    return rows ? std::optional{to_entries(rows->back())} : std::nullopt;
}

EntriesAndAnswer read_and_ask(Ledger const& ledger, pg::Connection& connection,
                              std::string const& question) {
    auto rows =
        rows_if_there(ledger, connection, fmt::format("{};{}", question, entries_query(ledger)));
    if (!rows) {
        return {.entries = {}, .answer = connection.fetch(question)};
    }
    return {.entries = to_entries(rows->back()), .answer = std::move(rows->front())};
}

std::string new_id() {
    thread_local std::mt19937_64 generator{std::random_device{}()};
    auto const high = generator();
    auto const low = generator();
    // A UUID of version 4.
    return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", high >> 32U, (high >> 16U) & 0xFFFFU,
                       high & 0xFFFU, ((low >> 48U) & 0x3FFFU) | 0x8000U, low & 0xFFFFFFFFFFFFU);
}

std::string insert_applied_statement(Ledger const& ledger, NewEntry const& entry,
                                     int applied_steps) {
    // now() is the transaction's start, clock_timestamp() the moment of this statement: both are
    // true.
    return fmt::format(
        "INSERT INTO {} (id, checksum, finished_at, migration_name, started_at, "
        "applied_steps_count) "
        "VALUES ({}, {}, clock_timestamp(), {}, now(), {})",
        sql::quote(ledger.table), sql::quote_literal(entry.id), sql::quote_literal(entry.checksum),
        sql::quote_literal(entry.name), applied_steps);
}

void record_start(Ledger const& ledger, pg::Connection& connection, NewEntry const& entry,
                  std::string_view logs) {
    with_rights(ledger, connection, LedgerUse::write, [&] {
        connection.fetch(
            fmt::format("INSERT INTO {} (id, checksum, migration_name, logs) VALUES ($1, "
                        "$2, $3, $4)",
                        sql::quote(ledger.table)),
            {entry.id, given(entry.checksum), given(entry.name), given(logs)});
    });
}

std::string step_statement(Ledger const& ledger, std::string_view id, std::size_t applied_steps,
                           std::string_view logs) {
    return fmt::format("UPDATE {} SET applied_steps_count = {}, logs = {} WHERE id = {}",
                       sql::quote(ledger.table), applied_steps, sql::quote_literal(logs),
                       sql::quote_literal(id));
}

std::string finish_statement(Ledger const& ledger, std::string_view id, std::size_t applied_steps) {
    return fmt::format(
        "UPDATE {} SET applied_steps_count = {}, logs = NULL, finished_at = clock_timestamp() "
        "WHERE id = {}",
        sql::quote(ledger.table), applied_steps, sql::quote_literal(id));
}

void record_resumption(Ledger const& ledger, pg::Connection& connection, NewEntry const& entry,
                       std::size_t applied_steps, std::string_view logs) {
    with_rights(ledger, connection, LedgerUse::write, [&] {
        connection.fetch(
            fmt::format("UPDATE {} SET checksum = $2, applied_steps_count = $3::int, logs = $4 "
                        "WHERE id = $1",
                        sql::quote(ledger.table)),
            {entry.id, given(entry.checksum), std::to_string(applied_steps), given(logs)});
    });
}

void record_logs(Ledger const& ledger, pg::Connection& connection, std::string_view id,
                 std::string_view logs, bool rolled_back) {
    connection.fetch(
        fmt::format(
            "UPDATE {} SET logs = $2, rolled_back_at = CASE WHEN $3::boolean THEN now() END "
            "WHERE id = $1",
            sql::quote(ledger.table)),
        {given(id), given(logs), rolled_back ? "t" : "f"});
}

void record_undone(Ledger const& ledger, pg::Connection& connection, NewEntry const& entry,
                   std::string_view logs) {
    connection.fetch(
        fmt::format("INSERT INTO {} (id, checksum, migration_name, logs, rolled_back_at) "
                    "VALUES ($1, $2, $3, $4, now())",
                    sql::quote(ledger.table)),
        {entry.id, given(entry.checksum), given(entry.name), given(logs)});
}

std::optional<LedgerEntry> find(Ledger const& ledger, pg::Connection& connection,
                                std::string_view id) {
    auto const entries = read(ledger, connection);
    auto const found = std::find_if(entries.begin(), entries.end(),
                                    [&](LedgerEntry const& entry) { return entry.id == id; });
    return found == entries.end() ? std::nullopt : std::optional{*found};
}

int mark_rolled_back(Ledger const& ledger, pg::Connection& connection, std::string_view name) {
    std::size_t marked = 0;
    with_rights(ledger, connection, LedgerUse::write, [&] {
        marked =
            connection
                .fetch(fmt::format("UPDATE {} SET rolled_back_at = now() WHERE migration_name = $1 "
                                   "AND finished_at IS NULL AND rolled_back_at IS NULL RETURNING "
                                   "id",
                                   sql::quote(ledger.table)),
                       {given(name)})
                .size();
    });
    return static_cast<int>(marked);
}

void change_checksum(Ledger const& ledger, pg::Connection& connection, std::string_view name,
                     std::string_view checksum) {
    with_rights(ledger, connection, LedgerUse::write, [&] {
        connection.fetch(fmt::format("UPDATE {} SET checksum = $2 WHERE migration_name = $1 "
                                     "AND finished_at IS NOT NULL AND rolled_back_at IS NULL",
                                     sql::quote(ledger.table)),
                         {given(name), given(checksum)});
    });
}

void remove_entries(Ledger const& ledger, pg::Connection& connection, std::string_view name) {
    with_rights(ledger, connection, LedgerUse::remove, [&] {
        connection.fetch(
            fmt::format("DELETE FROM {} WHERE migration_name = $1", sql::quote(ledger.table)),
            {given(name)});
    });
}

void take_back(Ledger const& ledger, pg::Connection& connection, std::string_view name) {
    with_rights(ledger, connection, LedgerUse::write, [&] {
        connection.fetch(
            fmt::format("UPDATE {} SET rolled_back_at = now() WHERE migration_name = $1 "
                        "AND finished_at IS NOT NULL AND rolled_back_at IS NULL",
                        sql::quote(ledger.table)),
            {given(name)});
    });
}

}  // namespace cm::history
