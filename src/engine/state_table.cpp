// See state_table.hpp.
#include "engine/state_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/bounded_reading.hpp"
#include "pg/row_security.hpp"
#include "sql/writer.hpp"

namespace cm::engine {
namespace {

constexpr std::string_view the_recorded_state = "the recorded state";

sql::QualifiedName state_table(history::MigrationsTable const& migrations_table) {
    return {migrations_table.table.schema, state_table_name(migrations_table.table.name)};
}

/// Other migrations, the same ones applied anew, and edited ones that were accepted have another.
std::string digest_of_applied(history::MigrationsTable const& migrations_table) {
    return fmt::format(
        "(SELECT pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to("
        "COALESCE(pg_catalog.string_agg(id || checksum, ',' ORDER BY id COLLATE \"C\"), ''), "
        "'UTF8')), "
        "'hex') "
        "FROM {} WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL)",
        sql::quote(migrations_table.table));
}

bool is_there(history::MigrationsTable const& migrations_table, pg::Connection& connection) {
    return has_state_table(connection.fetch(state_table_query(migrations_table)));
}

std::string literal(std::string const& text) {
    return text.empty() ? "NULL" : sql::quote_literal(text);
}

/// A row, unless a migration is failed or under way: what is there then is not whole.
std::string insertion(history::MigrationsTable const& migrations_table, StoredState const& state,
                      std::size_t place, StoredDrift const& drift) {
    return fmt::format(
        "INSERT INTO {} SELECT {}, {}, {}, {}, {}, COALESCE({}::timestamptz, now()), {}, {}, {} "
        "WHERE NOT EXISTS (SELECT FROM {} WHERE finished_at IS NULL AND rolled_back_at IS NULL);",
        sql::quote(state_table(migrations_table)), place, literal(state.format), state.is_exact,
        digest_of_applied(migrations_table), drift.is_accepted, literal(drift.seen_at),
        literal(drift.migration), literal(drift.before.value_or("")), literal(drift.after),
        sql::quote(migrations_table.table));
}

}  // namespace

std::string state_table_name(std::string_view of) {
    return std::string(of) + "_state";
}

bool is_state_table(object::Table const& table) {
    constexpr std::array<std::string_view, 9> columns{"place",     "format",      "is_exact",
                                                      "applied",   "is_accepted", "stored_at",
                                                      "migration", "before_text", "state_text"};
    return table.name.name.ends_with("_state") && table.columns.size() == columns.size() &&
           std::all_of(columns.begin(), columns.end(), [&](std::string_view column) {
               return object::find_column(table, column) != nullptr;
           });
}

std::string state_table_query(history::MigrationsTable const& migrations_table) {
    return fmt::format("SELECT pg_catalog.to_regclass({}) IS NOT NULL AS is_there",
                       sql::quote_literal(sql::quote(state_table(migrations_table))));
}

bool has_state_table(sql::Rows const& answer) {
    return answer[0].boolean("is_there");
}

std::optional<StoredState> read_state(history::MigrationsTable const& migrations_table,
                                      pg::Connection& connection, std::optional<bool> known) {
    auto const table = state_table(migrations_table);
    if (!known.value_or(true) || (!known && !is_there(migrations_table, connection))) return {};
    sql::Rows rows{};
    read_bounded(connection, the_recorded_state, [&] {
        rows = pg::fetch_all_rows(
            connection,
            fmt::format("SELECT place, format, is_exact, applied = {} AS is_current, is_accepted, "
                        "pg_catalog.to_char(stored_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') "
                        "|| ' UTC' AS moment, migration, before_text, state_text "
                        "FROM {} ORDER BY place",
                        digest_of_applied(migrations_table), sql::quote(table)));
    });
    if (rows.empty() || rows[0].integer("place") != 0) return {};
    StoredState state{.format = rows[0].text("format"),
                      .is_exact = rows[0].boolean("is_exact"),
                      .recorded_at = rows[0].text("moment"),
                      .latest = rows[0].text("state_text"),
                      .drifts = {},
                      .is_current = rows[0].boolean("is_current")};
    for (std::size_t i = 1; i < rows.size(); ++i) {
        state.drifts.push_back({rows[i].text("moment"), rows[i].text("migration"),
                                rows[i].optional_text("before_text"), rows[i].text("state_text"),
                                rows[i].boolean("is_accepted")});
    }
    return state;
}

void store_state(history::MigrationsTable const& migrations_table, pg::Connection& connection,
                 StoredState const& state) {
    auto const table = sql::quote(state_table(migrations_table));
    std::string script = "BEGIN;";
    // CREATE TABLE IF NOT EXISTS would ask for a right that nobody needs if it does.
    if (!is_there(migrations_table, connection)) {
        script += fmt::format(
            "CREATE TABLE {} (place integer PRIMARY KEY, format text NOT NULL, "
            "is_exact boolean NOT NULL, applied text NOT NULL, is_accepted boolean NOT NULL, "
            "stored_at timestamptz NOT NULL DEFAULT now(), migration text, before_text text, "
            "state_text text NOT NULL);",
            table);
    }
    script += fmt::format("DELETE FROM {};", table);
    script += insertion(migrations_table, state, 0, {.after = state.latest});
    for (std::size_t i = 0; i < state.drifts.size(); ++i)
        script += insertion(migrations_table, state, i + 1, state.drifts[i]);
    write_bounded(connection, the_recorded_state, [&] {
        try {
            connection.execute(script + "COMMIT");
        } catch (pg::SqlError const& refused) {
            if (!refused.connection_lost()) connection.execute("ROLLBACK");
            throw;
        }
    });
}

}  // namespace cm::engine
