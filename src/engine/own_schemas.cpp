// See own_schemas.hpp.
#include "engine/own_schemas.hpp"

#include <set>

#include "engine/made_beside_schemas.hpp"
#include "sql/source_statement.hpp"
#include "sql/statement_cursor.hpp"

namespace cm::engine {

std::vector<std::string> own_schemas(Session const& session) {
    auto const& url = session.target.url;
    if (!session.project.is_sql) return managed_schemas(session.project, session.datasource, url);
    std::set<std::string> names{url.schema};
    for_each_statement(session.directory.migrations,
                       [&](history::Migration const& /*migration*/, std::string_view statement) {
                           if (!sql::StatementCursor(statement).take("CREATE SCHEMA")) return;
                           auto const made = sql::source_statement(statement).object;
                           if (made) names.insert(made->name);
                       });
    if (session.declared) {
        for (auto const& [name, it] : session.declared->schema.namespaces) names.insert(name);
    }
    return {names.begin(), names.end()};
}

}  // namespace cm::engine
