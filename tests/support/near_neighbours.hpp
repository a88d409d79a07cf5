// Neighbours who build on the tables of a case: views, functions and foreign keys out of their own
// schema, wherever a migration leaves them room. In the header, because the harness itself knows no
// schemas.
#pragma once
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

#include "schema/schema.hpp"
#include "sql/name.hpp"

namespace cm::test {

/// Columns that the migration does not touch, nor their types.
inline std::vector<std::string> lasting_columns(object::Table const& from,
                                                object::Table const& to) {
    std::vector<std::string> names{};
    for (auto const& column : from.columns) {
        auto const* const later = object::find_column(to, column.name);
        if (later != nullptr && *later == column && sql::is_built_in(column.type) &&
            sql::is_built_in(later->type)) {
            names.push_back(column.name);
        }
    }
    return names;
}

/// Does the primary key stay, and all its columns?
inline bool keeps_its_key(object::Table const& from, object::Table const& to,
                          std::vector<std::string> const& lasting) {
    return from.primary_key && from.primary_key == to.primary_key &&
           std::all_of(from.primary_key->columns.begin(), from.primary_key->columns.end(),
                       [&](auto const& name) {
                           return std::find(lasting.begin(), lasting.end(), name) != lasting.end();
                       });
}

inline std::string quoted_list(std::vector<std::string> const& names) {
    std::vector<std::string> quoted{};
    for (auto const& name : names) quoted.push_back(sql::quote_identifier(name));
    return fmt::format("{}", fmt::join(quoted, ", "));
}

/// What others build on a database of the schema `from`, and what a migration to `to` must leave.
inline std::string near_neighbours(schema::Schema const& from, schema::Schema const& to) {
    std::string script = "CREATE SCHEMA near;\n";
    int number = 0;
    for (auto const& [name, table] : from.tables) {
        auto const* const later = to.tables.find(name);
        // The sides of a join table may change places under the same names.
        bool const is_join_table = table.name.name.starts_with('_');
        if (later == nullptr || table.is_extension_member || is_join_table) continue;
        auto const lasting = lasting_columns(table, *later);
        auto const target = sql::quote(table.name);
        auto const place = fmt::format("near.t{}", ++number);
        if (!lasting.empty()) {
            script += fmt::format("CREATE VIEW {} AS SELECT {} FROM {};\n", place,
                                  quoted_list(lasting), target);
        }
        if (keeps_its_key(table, *later, lasting)) {
            auto const key = quoted_list(table.primary_key->columns);
            script += fmt::format(
                "CREATE TABLE {0}_key AS SELECT {1} FROM {2} WITH NO DATA;\n"
                "ALTER TABLE {0}_key ADD FOREIGN KEY ({1}) REFERENCES {2} ({1});\n",
                place, key, target);
        }
        if (table == *later && lasting.size() == table.columns.size()) {
            script += fmt::format(
                "CREATE FUNCTION {0}_rows({1}) RETURNS SETOF {1} LANGUAGE sql STABLE AS 'SELECT * "
                "FROM {1}';\n",
                place, target);
        }
    }
    return script;
}

}  // namespace cm::test
