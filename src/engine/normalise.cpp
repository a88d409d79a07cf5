// See normalise.hpp.
#include "engine/normalise.hpp"

#include <fmt/ranges.h>

namespace cm::engine {
namespace {

/// Runs statements that leave nothing behind and gives the text that `question` asks for; none if
/// the server refuses.
std::optional<std::string> asked(std::string const& statements, std::string_view question,
                                 pg::Connection& connection) {
    pg::Transaction const undone{connection, "BEGIN; SET LOCAL TimeZone = 'UTC'"};
    try {
        connection.execute(statements);
        auto const rows = connection.fetch(question);
        return rows.empty() ? std::nullopt : rows[0].optional_text("text");
    } catch (pg::SqlError const& refused) {
        if (refused.connection_lost()) {
            throw;
        }
        return {};
    }
}

/// What pg_get_expr says about a default of a column of that type.
std::optional<std::string> printed_default(sql::Expression const& expression, sql::Type const& type,
                                           pg::Connection& connection) {
    return asked(fmt::format("CREATE TEMPORARY TABLE cm_migrate_default (value {} DEFAULT {}) ON "
                             "COMMIT DROP",
                             sql::Writer{{}}.type(type), expression.text),
                 "SELECT pg_catalog.pg_get_expr(adbin, adrelid) AS text FROM pg_catalog.pg_attrdef "
                 "WHERE adrelid = 'pg_temp.cm_migrate_default'::pg_catalog.regclass",
                 connection);
}

/// What pg_get_expr says about the condition of an index on that table.
std::optional<std::string> printed_condition(sql::Expression const& condition,
                                             object::Table const& table,
                                             pg::Connection& connection) {
    std::vector<std::string> columns{};
    for (auto const& column : table.columns) {
        columns.push_back(fmt::format("{} {}", sql::quote_identifier(column.name),
                                      sql::Writer{{}}.type(column.type)));
    }
    return asked(
        fmt::format("CREATE TEMPORARY TABLE cm_migrate_condition ({}) ON COMMIT DROP; "
                    "CREATE INDEX cm_migrate_index ON cm_migrate_condition ((1)) WHERE {}",
                    fmt::join(columns, ", "), condition.text),
        "SELECT pg_catalog.pg_get_expr(indpred, indrelid) AS text FROM pg_catalog.pg_index "
        "WHERE indrelid = 'pg_temp.cm_migrate_condition'::pg_catalog.regclass",
        connection);
}

void normalise_index(object::Index& declared, object::Index const& actual,
                     schema::Schema const& schema, Server const& server) {
    if (!declared.predicate || !actual.predicate || declared.predicate == actual.predicate) {
        return;
    }
    auto const* const table = schema.tables.find(declared.table);
    if (table == nullptr) {
        return;
    }
    if (auto const printed = printed_condition(*declared.predicate, *table, server())) {
        declared.predicate->canonical = sql::condition(*printed).canonical;
    }
}

sql::Expression const* expression_of(object::Column const* column) {
    return column != nullptr && column->default_value
               ? std::get_if<sql::Expression>(&*column->default_value)
               : nullptr;
}

void normalise_column(object::Column& declared, object::Column const* actual,
                      Server const& server) {
    auto const* const wanted = expression_of(&declared);
    auto const* const present = expression_of(actual);
    if (wanted == nullptr || present == nullptr || *wanted == *present) {
        return;
    }
    if (sql::is_plain(*wanted) && sql::is_plain(*present)) {
        return;
    }
    if (auto const printed = printed_default(*wanted, declared.type, server())) {
        declared.default_value =
            sql::Expression{wanted->text, sql::column_default(*printed, declared.type).canonical};
    }
}

}  // namespace

schema::Schema normalise(schema::Schema declared, schema::Schema const& actual,
                         Server const& server) {
    for (auto const& [name, table] : actual.tables) {
        auto* const wanted = declared.tables.find(name);
        if (wanted == nullptr) {
            continue;
        }
        for (auto& column : wanted->columns) {
            normalise_column(column, find_column(table, column.name), server);
        }
    }
    for (auto const& [name, index] : actual.indexes) {
        if (auto* const wanted = declared.indexes.find(name)) {
            normalise_index(*wanted, index, actual, server);
        }
    }
    return declared;
}

}  // namespace cm::engine
