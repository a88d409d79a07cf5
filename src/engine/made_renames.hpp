// What migrations made and somebody has renamed since: the replayed database follows, so that all
// the rest compares under the names of today.
#pragma once
#include <functional>
#include <optional>
#include <vector>

#include "engine/replay.hpp"
#include "schema/step.hpp"

namespace cm::engine {

struct RenamedState {
    CompleteState made{};     ///< what migrations lead to, under the names that `live` has
    schema::Steps renames{};  ///< from the names of the migrations to those of today
};

/// PostgreSQL itself renames in the scratch database, and prints all that stands on it; that is
/// rolled back. Costs nothing where nothing was renamed. Where the state is known without a replay,
/// texts follow (schema/renamed) as far as they can.
/// `recorded`: asked for what this database itself remembers that migrations led to, if a table or
/// type may have been renamed, since only oids of one database tell.
RenamedState state_under_names_of(schema::Schema const& live, Replay& replay,
                                  std::vector<history::Migration> const& migrations,
                                  std::function<std::optional<schema::Schema>()> const& recorded);

}  // namespace cm::engine
