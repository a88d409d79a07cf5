// See unmanaged.hpp.
#include "schema/unmanaged.hpp"

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

}  // namespace cm::schema
