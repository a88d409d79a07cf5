// See stand_in.hpp.
#include "engine/stand_in.hpp"

#include "base/log.hpp"
#include "engine/catalog_snapshot.hpp"
#include "engine/stand_in.sql.hpp"

namespace cm::engine {
namespace {

std::vector<std::string> statements_for(pg::Connection& live) {
    std::vector<std::string> statements{};
    read_snapshot(live, [&](sql::QueryFunction const& fetch) {
        auto const rows = fetch(sql_text::engine_stand_in);
        for (std::size_t i = 0; i < rows.size(); ++i) statements.push_back(rows[i].text("text"));
    });
    return statements;
}

bool run(std::string const& statement, pg::Connection& scratch) {
    try {
        scratch.execute(statement);
        return true;
    } catch (pg::SqlError const& refused) {
        if (refused.connection_lost()) throw;
        log::swallowed("making stand-ins for types and functions", refused);
        return false;
    }
}

/// In one go, or one by one where that fails: a type may have to wait for another, and an extension
/// may not be there at all. What names something that is missing will be told when it is asked
/// about.
void run_all(std::vector<std::string> statements, pg::Connection& scratch) {
    std::string script{};
    for (auto const& statement : statements) script += statement + ";\n";
    if (run(script, scratch)) return;
    for (auto before = statements.size() + 1; statements.size() < before && !statements.empty();) {
        before = statements.size();
        std::erase_if(statements,
                      [&](std::string const& statement) { return run(statement, scratch); });
    }
}

}  // namespace

pg::Connection& StandIn::connection() {
    if (!scratch_) {
        auto statements = statements_for(live_);
        scratch_.emplace(pg::ScratchDatabase::make(live_.url()));
        auto& scratch = scratch_->connection();
        scratch.execute("SET check_function_bodies = off; SET client_min_messages = error");
        run_all(std::move(statements), scratch);
    }
    return scratch_->connection();
}

Server StandIn::server() {
    return {[this]() -> pg::Connection& { return connection(); },
            [this]() -> pg::Connection& { return live_; }, false};
}

}  // namespace cm::engine
