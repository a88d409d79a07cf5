// See uncompared.hpp.
#include "schema/uncompared.hpp"

#include "schema/uncompared.sql.hpp"

namespace cm::schema {

std::set<std::string> uncompared_kinds(sql::QueryFunction const& fetch) {
    auto const rows = fetch(sql_text::schema_uncompared);
    std::set<std::string> kinds{};
    for (std::size_t i = 0; i < rows.size(); ++i) kinds.insert(rows[i].text("kind"));
    return kinds;
}

}  // namespace cm::schema
