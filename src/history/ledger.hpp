// The migrations table (default `_migrations`): the same columns as Prisma's `_prisma_migrations`.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "pg/connection.hpp"
#include "sql/name.hpp"

namespace cm::history {

/// A row. Times are PostgreSQL's text; only their presence is interpreted.
struct LedgerEntry {
    std::string id{};
    std::string checksum{};
    std::string migration_name{};
    std::optional<std::string> started_at{}, finished_at{}, rolled_back_at{}, logs{};
    int applied_steps_count{};
    bool operator==(LedgerEntry const&) const = default;
};

/// Where the rows are.
struct Ledger {
    sql::QualifiedName table{};
};

bool exists(Ledger const& ledger, pg::Connection& connection);
/// CREATE TABLE IF NOT EXISTS as one statement, for a batch.
std::string create_table_statement(Ledger const& ledger);
/// All rows in the order they were started; none if there is no table.
std::vector<LedgerEntry> read(Ledger const& ledger, pg::Connection& connection);

/// SQL that records a migration as applied in one statement (id, times by the server).
std::string insert_applied_statement(Ledger const& ledger, std::string_view name,
                                     std::string_view checksum, int applied_steps);
/// Records the start of a migration that cannot be one transaction; gives the row's id.
std::string record_start(Ledger const& ledger, pg::Connection& connection, std::string_view name,
                         std::string_view checksum);
void record_step(Ledger const& ledger, pg::Connection& connection, std::string_view id,
                 int applied_steps);
void record_finish(Ledger const& ledger, pg::Connection& connection, std::string_view id);
/// Why a migration that was started by `record_start` failed.
void record_logs(Ledger const& ledger, pg::Connection& connection, std::string_view id,
                 std::string_view logs);
/// A failure; `rolled_back` when PostgreSQL undid all of it.
void record_failure(Ledger const& ledger, pg::Connection& connection, std::string_view name,
                    std::string_view checksum, std::string_view logs, bool rolled_back);
/// Marks the open or failed rows of a migration as rolled back; gives their number.
int mark_rolled_back(Ledger const& ledger, pg::Connection& connection, std::string_view name);

}  // namespace cm::history
