// What migrations made and somebody has renamed since: the replayed database follows, so that all
// the rest compares under the names of today.
#pragma once
#include "engine/replay.hpp"
#include "schema/step.hpp"

namespace cm::engine {

struct RenamedState {
    CompleteState made{};     ///< what migrations lead to, under the names that `live` has
    schema::Steps renames{};  ///< from the names of the migrations to those of today
};

/// PostgreSQL itself renames in the scratch database, and prints all that stands on it; that is
/// rolled back. Costs nothing where nothing was renamed.
RenamedState state_under_names_of(schema::Schema const& live, Replay& replay,
                                  std::vector<history::Migration> const& migrations);

/// The same renames backwards.
schema::Steps taken_back(schema::Steps const& renames);

}  // namespace cm::engine
