// See made_renames.hpp.
#include "engine/made_renames.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "schema/renamed_definitions.hpp"

namespace cm::engine {
namespace {

using Rename = schema::Alter<object::Definition>;

std::vector<std::string> statements_of(schema::Steps const& renames) {
    std::vector<std::string> statements{};
    for (auto const& step : renames) {
        auto const& rename = std::get<Rename>(step);
        statements.push_back(rename.to.definition_kind->rename(rename.from, rename.to));
    }
    return statements;
}

/// What is known without a replay has no scratch database to rename in. Where there can be none,
/// what was renamed is shown as dropped and made anew.
bool replays(Replay& replay, std::vector<history::Migration> const& migrations) {
    auto known = replay.complete_state_after(migrations);
    replay.forget();
    try {
        replay.complete_state_after(migrations);
        return true;
    } catch (Failure const& failure) {
        if (failure.exit_code() == ExitCode::interrupted) throw;
        log::swallowed("replaying for what was renamed", failure);
    } catch (pg::SqlError const& refused) {
        if (refused.connection_lost()) throw;
        log::swallowed("replaying for what was renamed", refused);
    }
    replay.know(migrations, std::move(known));
    return false;
}

}  // namespace

RenamedState state_under_names_of(schema::Schema const& live, Replay& replay,
                                  std::vector<history::Migration> const& migrations) {
    RenamedState state{replay.complete_state_after(migrations), {}};
    if (replay.is_known()) {
        if (schema::renamed_definitions(state.made.schema, live).empty() ||
            !replays(replay, migrations))
            return state;
        state.made = replay.complete_state_after(migrations);
    }
    for (;;) {
        // Who stands on it may have another name, too, and is only known again under that.
        auto found = schema::renamed_definitions(state.made.schema, live);
        if (found.empty()) return state;
        auto renames = state.renames;
        std::move(found.begin(), found.end(), std::back_inserter(renames));
        try {
            state.made = replay.state_with(statements_of(renames));
        } catch (pg::SqlError const& refused) {
            if (refused.connection_lost()) throw;
            log::swallowed("renaming in the scratch database", refused);
            return state;
        }
        state.renames = std::move(renames);
    }
}

schema::Steps taken_back(schema::Steps const& renames) {
    schema::Steps back{};
    for (auto step = renames.rbegin(); step != renames.rend(); ++step) {
        auto const& rename = std::get<Rename>(*step);
        back.emplace_back(Rename{rename.to, rename.from});
    }
    return back;
}

}  // namespace cm::engine
