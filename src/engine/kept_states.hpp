// Where the states that a session's migrations and schema lead to are kept, and under which
// conditions they may be used again (see state_cache.hpp).
#pragma once
#include <optional>
#include <vector>

#include "engine/session.hpp"
#include "engine/state_cache.hpp"
#include "pg/session_settings.hpp"

namespace cm::engine {

struct KeptStates {
    /// None where a scratch database would be made elsewhere, on a server that is not there yet.
    std::optional<StateCache> cache{};
    pg::SessionSettings settings{};  ///< of sessions with the target
};

/// Found out when it is first asked for: the shadow database may not be there, and whoever does not
/// need a scratch database need not know.
KeptStates const& kept_states(Session& session);

/// What was kept of these, if it answers all that `reading` asks.
std::optional<sql::ResultSets> find_kept(std::optional<StateCache> const& cache,
                                         std::vector<history::Migration> const& migrations,
                                         sql::CatalogReader const& reading);

}  // namespace cm::engine
