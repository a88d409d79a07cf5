// See normalise.hpp.
#include "engine/normalise.hpp"

#include <fmt/format.h>

namespace cm::engine {
namespace {

/// What pg_get_expr says about a default of a column of that type; none if the server refuses it.
std::optional<std::string> as_printed(sql::Expression const& expression, sql::Type const& type,
                                      pg::Connection& connection) {
    pg::Transaction const undone{connection, "BEGIN; SET LOCAL TimeZone = 'UTC'"};
    try {
        connection.execute(fmt::format(
            "CREATE TEMPORARY TABLE cm_migrate_default (value {} DEFAULT {}) ON COMMIT DROP",
            sql::Writer{{}}.type(type), expression.text));
        auto const rows = connection.fetch(
            "SELECT pg_catalog.pg_get_expr(adbin, adrelid) AS text FROM pg_catalog.pg_attrdef "
            "WHERE adrelid = 'pg_temp.cm_migrate_default'::pg_catalog.regclass");
        return rows.empty() ? std::nullopt : rows[0].optional_text("text");
    } catch (pg::SqlError const& refused) {
        if (refused.connection_lost()) {
            throw;
        }
        return {};
    }
}

sql::Expression const* expression_of(object::Column const* column) {
    return column != nullptr && column->default_value
               ? std::get_if<sql::Expression>(&*column->default_value)
               : nullptr;
}

void normalise_column(object::Column& declared, object::Column const* actual,
                      pg::Connection& connection) {
    auto const* const wanted = expression_of(&declared);
    auto const* const present = expression_of(actual);
    if (wanted == nullptr || present == nullptr || *wanted == *present) {
        return;
    }
    if (sql::is_plain(*wanted) && sql::is_plain(*present)) {
        return;
    }
    if (auto const printed = as_printed(*wanted, declared.type, connection)) {
        declared.default_value =
            sql::Expression{wanted->text, sql::column_default(*printed, declared.type).canonical};
    }
}

}  // namespace

schema::Schema normalise(schema::Schema declared, schema::Schema const& actual,
                         pg::Connection& connection) {
    for (auto const& [name, table] : actual.tables) {
        auto* const wanted = declared.tables.find(name);
        if (wanted == nullptr) {
            continue;
        }
        for (auto& column : wanted->columns) {
            normalise_column(column, find_column(table, column.name), connection);
        }
    }
    return declared;
}

}  // namespace cm::engine
