// Defaults that a migration sets to the moment at which it runs (`DEFAULT 'now'`): a replay has
// another moment than the database, and that is no drift.
#pragma once
#include <vector>

#include "history/directory.hpp"
#include "schema/schema.hpp"

namespace cm::engine {

/// `live` with the moments of `replayed` where a migration may have set both, and what to tell the
/// user of each (CM0547).
struct ForgivenMoments {
    schema::Schema live{};
    std::vector<Diagnostic> findings{};
};

ForgivenMoments forgive_moments(schema::Schema live, schema::Schema const& replayed,
                                std::vector<history::Migration> const& migrations);

}  // namespace cm::engine
