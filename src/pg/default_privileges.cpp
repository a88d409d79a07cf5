// See default_privileges.hpp.
#include "pg/default_privileges.hpp"

#include "pg/default_privileges.sql.hpp"

namespace cm::pg {

std::vector<DefaultPrivilege> default_privileges(Connection& connection) {
    auto const rows = connection.fetch(sql_text::pg_default_privileges);
    std::vector<DefaultPrivilege> all{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        all.push_back({rows[i].text("schema"), rows[i].text("role"), rows[i].text("sort"),
                       rows[i].text("grantee"), rows[i].text("statement")});
    }
    return all;
}

}  // namespace cm::pg
