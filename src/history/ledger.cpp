// See ledger.hpp.
#include "history/ledger.hpp"

#include "base/assert.hpp"

namespace cm::history {
namespace {

/// A random (version 4) UUID that every supported server can make; gen_random_uuid() is built in
/// only since 13.
constexpr std::string_view new_id =
    "(SELECT substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-4' || substr(h, 14, 3) || '-' || "
    "substr('89ab', 1 + floor(random() * 4)::int, 1) || substr(h, 18, 3) || '-' || substr(h, 21, "
    "12) "
    "FROM (SELECT md5(random()::text || clock_timestamp()::text || pg_backend_pid()::text) AS h) "
    "AS s)";

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

std::vector<LedgerEntry> read(Ledger const& ledger, pg::Connection& connection) {
    std::vector<LedgerEntry> entries{};
    if (!exists(ledger, connection)) {
        return entries;
    }
    auto const rows =
        connection.fetch(fmt::format("SELECT id, checksum, migration_name, started_at, "
                                     "finished_at, rolled_back_at, logs, applied_steps_count "
                                     "FROM {} ORDER BY started_at, migration_name, id",
                                     sql::quote(ledger.table)));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const row = rows[i];
        entries.push_back({row.text("id"), row.text("checksum"), row.text("migration_name"),
                           row.optional_text("started_at"), row.optional_text("finished_at"),
                           row.optional_text("rolled_back_at"), row.optional_text("logs"),
                           static_cast<int>(row.integer("applied_steps_count"))});
    }
    return entries;
}

std::string insert_applied_statement(Ledger const& ledger, std::string_view name,
                                     std::string_view checksum, int applied_steps) {
    // now() is the transaction's start, clock_timestamp() the moment of this statement: both are
    // true.
    return fmt::format(
        "INSERT INTO {} (id, checksum, finished_at, migration_name, started_at, "
        "applied_steps_count) "
        "VALUES ({}, {}, clock_timestamp(), {}, now(), {})",
        sql::quote(ledger.table), new_id, sql::quote_literal(checksum), sql::quote_literal(name),
        applied_steps);
}

std::string record_start(Ledger const& ledger, pg::Connection& connection, std::string_view name,
                         std::string_view checksum) {
    auto const rows = connection.fetch(
        fmt::format(
            "INSERT INTO {} (id, checksum, migration_name) VALUES ({}, $1, $2) RETURNING id",
            sql::quote(ledger.table), new_id),
        {given(checksum), given(name)});
    CM_ASSERT(rows.size() == 1);
    return rows[0].text("id");
}

void record_step(Ledger const& ledger, pg::Connection& connection, std::string_view id,
                 int applied_steps) {
    connection.fetch(fmt::format("UPDATE {} SET applied_steps_count = $2::int WHERE id = $1",
                                 sql::quote(ledger.table)),
                     {given(id), std::to_string(applied_steps)});
}

void record_finish(Ledger const& ledger, pg::Connection& connection, std::string_view id) {
    connection.fetch(
        fmt::format("UPDATE {} SET finished_at = now() WHERE id = $1", sql::quote(ledger.table)),
        {given(id)});
}

void record_failure(Ledger const& ledger, pg::Connection& connection, std::string_view name,
                    std::string_view checksum, std::string_view logs, bool rolled_back) {
    connection.fetch(
        fmt::format("INSERT INTO {} (id, checksum, migration_name, logs, rolled_back_at) "
                    "VALUES ({}, $1, $2, $3, CASE WHEN $4::boolean THEN now() END)",
                    sql::quote(ledger.table), new_id),
        {given(checksum), given(name), given(logs), rolled_back ? "t" : "f"});
}

void record_logs(Ledger const& ledger, pg::Connection& connection, std::string_view id,
                 std::string_view logs) {
    connection.fetch(fmt::format("UPDATE {} SET logs = $2 WHERE id = $1", sql::quote(ledger.table)),
                     {given(id), given(logs)});
}

int mark_rolled_back(Ledger const& ledger, pg::Connection& connection, std::string_view name) {
    return static_cast<int>(
        connection
            .fetch(fmt::format("UPDATE {} SET rolled_back_at = now() WHERE migration_name = $1 "
                               "AND finished_at IS NULL AND rolled_back_at IS NULL RETURNING id",
                               sql::quote(ledger.table)),
                   {given(name)})
            .size());
}

}  // namespace cm::history
