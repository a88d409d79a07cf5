// What somebody did to a database, as a migration that leads there from the migrations before it.
#pragma once
#include <string>
#include <vector>

#include "engine/development.hpp"
#include "schema/unmanaged.hpp"

namespace cm::engine {

struct DriftMigration {
    std::string text{};
    /// Of the first migration: what the database holds and the schema language cannot say. It is
    /// named in the text, too.
    std::vector<schema::Unmanaged> left_out{};
};

/// Before the change comes what its columns rely on and the migrations before do not make:
/// extensions, types, sequences and functions. `replay` is in the state of those migrations.
DriftMigration drift_migration(Session& session, Replay& replay, Change const& made);

}  // namespace cm::engine
