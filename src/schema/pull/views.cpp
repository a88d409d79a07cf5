// See views.hpp.
#include "schema/pull/views.hpp"

#include "schema/catalog_query.hpp"
#include "schema/pull/view.sql.hpp"

namespace cm::schema {

std::vector<View> views_in_database(sql::QueryFunction const& fetch,
                                    std::vector<std::string> const& schemas) {
    auto const rows = fetch(with_schemas(sql_text::schema_pull_view, schemas));
    std::vector<View> views{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        View view{};
        read(rows[i], view.columns);
        view.is_materialized = rows[i].boolean("is_materialized");
        views.push_back(std::move(view));
    }
    return views;
}

}  // namespace cm::schema
