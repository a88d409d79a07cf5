// See replicated_tables.hpp.
#include "engine/replicated_tables.hpp"

#include "engine/bounded_reading.hpp"
#include "engine/replicated_tables.sql.hpp"
#include "pg/schema_contents.hpp"
#include "sql/array_literal.hpp"

namespace cm::engine {

std::vector<Replication> replications(pg::Connection& connection,
                                      std::vector<std::string> const& schemas) {
    std::vector<Replication> found{};
    read_bounded(connection, "the publications", [&] {
        pg::Transaction transaction{connection, "BEGIN READ ONLY"};
        connection.execute(pg::read_lock_limit(connection));
        auto const rows =
            connection.fetch(sql_text::engine_replicated_tables, {sql::array_literal(schemas)});
        for (std::size_t i = 0; i < rows.size(); ++i) {
            found.push_back({rows[i].text("kind") == "subscription", rows[i].text("name"),
                             rows[i].text("statement")});
        }
        transaction.commit();
    });
    return found;
}

}  // namespace cm::engine
