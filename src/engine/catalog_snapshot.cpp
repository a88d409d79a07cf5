// See catalog_snapshot.hpp.
#include "engine/catalog_snapshot.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "base/assert.hpp"
#include "base/diagnostic.hpp"
#include "engine/bounded_reading.hpp"

namespace cm::engine {
namespace {

struct Setting {
    std::string_view name{}, value{};
};

constexpr std::array settings{
    Setting{"search_path", ""},
    Setting{"DateStyle", "ISO"},
    Setting{"IntervalStyle", "postgres"},
    Setting{"TimeZone", "UTC"},
    Setting{"extra_float_digits", "3"},
    Setting{"quote_all_identifiers", "off"},
    Setting{"standard_conforming_strings", "on"},
    Setting{"bytea_output", "hex"},
    Setting{"xmloption", "content"},
};

}  // namespace

sql::ResultSets query_snapshot(pg::Connection& connection, sql::CatalogReader const& reading) {
    auto const queries = sql::queries_of(reading);
    // Compiling a query would take longer than all of them; limits on time are for ordinary work.
    auto script = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; " + reading_settings() +
                  "SET LOCAL jit = off; SET LOCAL statement_timeout = 0;" +
                  pg::read_lock_limit(connection) + "\n";
    for (auto const& query : queries) {
        script += query + "\n;\n";
    }
    std::vector<sql::Rows> rows{};
    try {
        read_bounded(connection, "the catalog",
                     [&] { rows = connection.fetch_all(script + "COMMIT"); });
    } catch (Failure const&) {
        if (connection.in_transaction()) connection.execute("ROLLBACK");
        throw;
    } catch (pg::SqlError const& failed) {
        if (!failed.connection_lost() && connection.in_transaction()) {
            connection.execute("ROLLBACK");
        }
        throw;
    }
    CM_ASSERT(rows.size() == queries.size());
    sql::ResultSets results{};
    for (std::size_t i = 0; i < queries.size(); ++i) {
        results.insert_or_assign(queries[i], std::move(rows[i]));
    }
    return results;
}

void read_snapshot(pg::Connection& connection, sql::CatalogReader const& reading) {
    auto results = query_snapshot(connection, reading);
    reading(sql::results_from(results));
}

std::string reading_settings() {
    std::string script{};
    for (auto const& [name, value] : settings) {
        script += fmt::format("SET LOCAL {} = '{}'; ", name, value);
    }
    return script;
}

std::string reading_settings_query() {
    std::string query = "SELECT";
    for (auto const& [name, value] : settings) {
        query += fmt::format("{} pg_catalog.set_config('{}', '{}', true)",
                             query.ends_with(')') ? "," : "", name, value);
    }
    return query;
}

}  // namespace cm::engine
