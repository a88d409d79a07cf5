// See row_security.hpp.
#include "pg/row_security.hpp"

#include <fmt/format.h>

namespace cm::pg {

std::string whole_reading(Connection const& connection) {
    return "SET LOCAL row_security = off;" +
           (connection.in_transaction() ? "" : read_lock_limit(connection));
}

sql::Rows fetch_all_rows(Connection& connection, std::string_view query) {
    // One message is one transaction, with which the settings end; in a transaction that goes on
    // they are taken back.
    auto const* const after =
        connection.in_transaction() ? "\n;SET LOCAL row_security TO DEFAULT" : "";
    auto results =
        connection.fetch_all(fmt::format("{}{}{}", whole_reading(connection), query, after));
    return results.empty() ? sql::Rows{} : std::move(results.front());
}

bool has_row_security(Connection& connection, sql::QualifiedName const& table) {
    auto const rows = connection.fetch(
        "SELECT c.relrowsecurity AS is_on FROM pg_catalog.pg_class c "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = $1 AND c.relname = $2",
        {table.schema, table.name});
    return !rows.empty() && rows[0].boolean("is_on");
}

}  // namespace cm::pg
