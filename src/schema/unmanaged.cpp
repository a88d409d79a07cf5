// See unmanaged.hpp.
#include "schema/unmanaged.hpp"

#include <set>
#include <string_view>

#include "schema/catalogue_query.hpp"
#include "schema/unmanaged.sql.hpp"

namespace cm::schema {

std::vector<Unmanaged> unmanaged_in_database(sql::Fetch const& fetch,
                                             std::vector<std::string> const& schemas) {
    auto const rows = fetch(with_schemas(sql_text::schema_unmanaged, schemas));
    std::vector<Unmanaged> found{};
    found.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const row = rows[i];
        found.push_back(
            {row.text("kind"), row.text("schema"), row.text("name"), row.text("table_name")});
    }
    return found;
}

std::vector<std::string> never_compared(std::vector<Unmanaged> const& unmanaged,
                                        bool partial_indexes) {
    // What cannot be said, and is seen all the same.
    std::set<std::string_view> seen{"invalid index", "table without columns", "enum without values",
                                    "foreign key to another schema"};
    if (partial_indexes) seen.insert("partial index");
    std::set<std::string> kinds{};
    for (auto const& it : unmanaged) {
        if (!it.schema.empty() && !seen.contains(it.kind)) kinds.insert(it.kind);
    }
    return {kinds.begin(), kinds.end()};
}

}  // namespace cm::schema
