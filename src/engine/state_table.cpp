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

bool is_there(sql::QualifiedName const& table, pg::Connection& connection) {
    return connection
        .fetch("SELECT pg_catalog.to_regclass($1) IS NOT NULL AS is_there", {sql::quote(table)})[0]
        .boolean("is_there");
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

std::optional<StoredState> read_state(history::MigrationsTable const& migrations_table,
                                      pg::Connection& connection) {
    auto const table = state_table(migrations_table);
    if (!is_there(table, connection)) return {};
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
    auto const table = state_table(migrations_table);
    auto const quoted = sql::quote(table);
    auto const exists = is_there(table, connection);
    write_bounded(connection, the_recorded_state, [&] {
        pg::Transaction transaction{connection};
        if (!exists) {
            connection.execute(fmt::format(
                "CREATE TABLE {} (place integer PRIMARY KEY, format text NOT NULL, "
                "is_exact boolean NOT NULL, applied text NOT NULL, is_accepted boolean NOT NULL, "
                "stored_at timestamptz NOT NULL DEFAULT now(), migration text, before_text text, "
                "state_text text NOT NULL)",
                quoted));
        }
        connection.execute(fmt::format("DELETE FROM {}", quoted));
        auto const insert = [&](std::size_t place, StoredDrift const& drift) {
            auto const said = [](std::string const& text) {
                return text.empty() ? std::nullopt : std::optional{text};
            };
            connection.fetch(
                fmt::format("INSERT INTO {} SELECT $1::integer, $2, $3::boolean, {}, "
                            "$4::boolean, COALESCE($5::timestamptz, now()), $6, $7, $8 WHERE NOT "
                            "EXISTS (SELECT "
                            "FROM {} WHERE finished_at IS NULL AND rolled_back_at IS NULL)",
                            quoted, digest_of_applied(migrations_table),
                            sql::quote(migrations_table.table)),
                {std::to_string(place), state.format, state.is_exact ? "true" : "false",
                 drift.is_accepted ? "true" : "false", said(drift.seen_at), said(drift.migration),
                 drift.before, drift.after});
        };
        insert(0, {.after = state.latest});
        for (std::size_t i = 0; i < state.drifts.size(); ++i) insert(i + 1, state.drifts[i]);
        transaction.commit();
    });
}

}  // namespace cm::engine
