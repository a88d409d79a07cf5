// See picture.hpp.
#include "engine/picture.hpp"

#include "base/assert.hpp"
#include "base/diagnostic.hpp"
#include "engine/bounded_reading.hpp"
#include "engine/reading_settings.hpp"

namespace cm::engine {

sql::Answers ask_together(pg::Connection& connection, sql::Reading const& reading) {
    auto const queries = sql::queries_of(reading);
    // Compiling a query would take longer than all of them; limits on time are for ordinary work.
    auto script = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; " + reading_settings() +
                  "SET LOCAL jit = off; SET LOCAL statement_timeout = 0;" +
                  pg::read_lock_limit(connection) + "\n";
    for (auto const& query : queries) {
        script += query + "\n;\n";
    }
    std::vector<sql::Rows> rows{};
    try {
        read_bounded(connection, "the catalog",
                     [&] { rows = connection.fetch_all(script + "COMMIT"); });
    } catch (Failure const&) {
        if (connection.in_transaction()) connection.execute("ROLLBACK");
        throw;
    } catch (pg::SqlError const& failed) {
        if (!failed.connection_lost() && connection.in_transaction()) {
            connection.execute("ROLLBACK");
        }
        throw;
    }
    CM_ASSERT(rows.size() == queries.size());
    sql::Answers answers{};
    for (std::size_t i = 0; i < queries.size(); ++i) {
        answers.insert_or_assign(queries[i], std::move(rows[i]));
    }
    return answers;
}

void read_together(pg::Connection& connection, sql::Reading const& reading) {
    auto answers = ask_together(connection, reading);
    reading(sql::taking_from(answers));
}

}  // namespace cm::engine
