// See picture.hpp.
#include "engine/picture.hpp"

#include <algorithm>
#include <iterator>

#include "base/assert.hpp"

namespace cm::engine {

namespace {

std::string in_one_transaction(std::vector<std::string> const& queries) {
    // Moments in defaults are printed in the session's time zone, so it must be UTC. Compiling a
    // query would take longer than all of them.
    std::string script =
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL TimeZone = 'UTC'; SET LOCAL "
        "jit = off;\n";
    for (auto const& query : queries) {
        script += query + "\n;\n";
    }
    return script + "COMMIT";
}

}  // namespace

PictureInTurn::PictureInTurn(pg::Connection& connection, std::vector<sql::Reading> readings)
    : connection_(connection), readings_(std::move(readings)) {
    for (auto const& reading : readings_) {
        std::ranges::move(sql::queries_of(reading), std::back_inserter(queries_));
    }
    rows_.emplace(connection_, in_one_transaction(queries_));
}

void PictureInTurn::read_next() {
    if (next_reading_ == readings_.size()) {
        return;
    }
    try {
        readings_[next_reading_++]([&](std::string_view query) {
            CM_ASSERT(next_query_ < queries_.size() && queries_[next_query_] == query);
            ++next_query_;
            return rows_->next();
        });
        if (next_reading_ == readings_.size()) {
            rows_->finish();
        }
    } catch (pg::SqlError const& failed) {
        if (!failed.connection_lost() && connection_.in_transaction()) {
            connection_.execute("ROLLBACK");
        }
        throw;
    }
}

sql::Answers ask_together(pg::Connection& connection, sql::Reading const& reading) {
    sql::Answers answers{};
    // The reading itself reads from what is kept.
    auto const queries = sql::queries_of(reading);
    read_together(connection, [&](sql::Fetch const& fetch) {
        for (auto const& query : queries) {
            answers.insert_or_assign(query, fetch(query));
        }
    });
    return answers;
}

void read_together(pg::Connection& connection, sql::Reading const& reading) {
    PictureInTurn(connection, {reading}).read_next();
}

}  // namespace cm::engine
