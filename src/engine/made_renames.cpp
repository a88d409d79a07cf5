// See made_renames.hpp.
#include "engine/made_renames.hpp"

#include <algorithm>
#include <set>

#include "base/log.hpp"
#include "schema/known_renames.hpp"
#include "schema/renamed.hpp"
#include "schema/renamed_definitions.hpp"
#include "schema/to_sql.hpp"

namespace cm::engine {
namespace {

std::vector<std::string> statements_of(schema::Steps const& renames) {
    std::vector<std::string> statements{};
    for (auto& statement : schema::to_sql(renames, ""))
        statements.push_back(std::move(statement.written.text));
    return statements;
}

schema::Steps renames_between(schema::Schema const& made, schema::Schema const& live) {
    auto renames = schema::known_renames(made, live);
    for (auto& rename : schema::renamed_definitions(made, live))
        renames.emplace_back(std::move(rename));
    return renames;
}

std::set<sql::QualifiedName> renamed_names(schema::Steps const& renames) {
    std::set<sql::QualifiedName> names{};
    for (auto const& step : renames) {
        if (auto const* const table = std::get_if<schema::RenameTable>(&step)) {
            names.insert(table->to);
        } else if (auto const* const type = std::get_if<schema::RenameEnum>(&step)) {
            names.insert(type->to);
        }
    }
    return names;
}

/// What stands on a renamed object is printed otherwise than schema::renamed tells.
bool are_printed_otherwise(schema::Schema const& made, schema::Schema const& live,
                           schema::Steps const& renames) {
    auto const names = renamed_names(renames);
    return std::any_of(
        made.definitions.begin(), made.definitions.end(), [&](auto const& definition) {
            auto const& uses = definition.second.uses;
            auto const* const now = live.definitions.find(definition.first);
            return now != nullptr && !(definition.second == *now) &&
                   std::any_of(uses.begin(), uses.end(),
                               [&](auto const& use) { return names.contains(use.name); });
        });
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

/// Without a scratch database, as far as names and texts tell.
RenamedState known_under_names_of(schema::Schema const& live, CompleteState made) {
    RenamedState state{std::move(made), {}};
    state.renames = schema::known_renames(state.made.schema, live);
    if (!state.renames.empty())
        state.made.schema = schema::renamed(std::move(state.made.schema), state.renames);
    return state;
}

}  // namespace

RenamedState state_under_names_of(schema::Schema const& live, Replay& replay,
                                  std::vector<history::Migration> const& migrations,
                                  std::function<std::optional<schema::Schema>()> const& recorded) {
    RenamedState state{replay.complete_state_after(migrations), {}};
    schema::Steps found{};
    if (replay.is_known()) {
        auto known = known_under_names_of(live, state.made);
        if ((schema::renamed_definitions(known.made.schema, live).empty() &&
             !are_printed_otherwise(known.made.schema, live, known.renames)) ||
            !replays(replay, migrations))
            return known;
        state.made = replay.complete_state_after(migrations);
        found = std::move(known.renames);
    }
    if (found.empty() && schema::may_be_renamed(state.made.schema, live)) {
        if (auto const remembered = recorded()) found = schema::known_renames(*remembered, live);
    }
    if (found.empty()) found = renames_between(state.made.schema, live);
    // Who stands on it may have another name, too, and is only known again under that.
    while (!found.empty()) {
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
        found = renames_between(state.made.schema, live);
    }
    return state;
}

}  // namespace cm::engine
