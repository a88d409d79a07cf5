// See unmanaged.hpp.
#include "schema/unmanaged.hpp"

#include <set>
#include <string_view>

#include "schema/catalog_query.hpp"
#include "schema/unmanaged.sql.hpp"

namespace cm::schema {

std::vector<Unmanaged> unmanaged_in_database(sql::QueryFunction const& fetch,
                                             std::vector<std::string> const& schemas) {
    auto const rows = fetch(with_schemas(sql_text::schema_unmanaged, schemas));
    std::vector<Unmanaged> found{};
    found.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const row = rows[i];
        found.push_back({row.text("kind"), row.text("schema"), row.text("name"),
                         row.text("table_name"), row.boolean("is_about_schemas")});
    }
    return found;
}

namespace {

/// What no model knows, or is left to each database.
std::set<std::string_view> const not_modeled{
    "base type",         "constraint that is not validated",
    "foreign table",     "index in a tablespace",
    "inheritance",       "partition",
    "partitioned table", "tablespace",
    "typed table"};

}  // namespace

std::set<std::string> never_compared(std::vector<Unmanaged> const& unmanaged,
                                     std::vector<Unmanaged> const& made, bool partial_indexes) {
    // What cannot be said, and is seen all the same.
    std::set<std::string_view> seen{"invalid index", "table without columns", "enum without values",
                                    "foreign key to another schema"};
    if (partial_indexes) seen.insert("partial index");
    std::set<Unmanaged> const compared(made.begin(), made.end());
    std::set<std::string> kinds{};
    for (auto const& it : unmanaged) {
        if (!it.is_about_schemas || seen.contains(it.kind)) continue;
        if (!compared.contains(it) || not_modeled.contains(it.kind)) kinds.insert(it.kind);
    }
    return kinds;
}

}  // namespace cm::schema
