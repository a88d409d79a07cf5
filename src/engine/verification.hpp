// `--verify`: a change is carried out in a scratch database that is made like the one it is for,
// before anybody relies on it.
#pragma once
#include <functional>
#include <optional>

#include "base/source.hpp"
#include "engine/development.hpp"

namespace cm::engine {

struct Trial {
    /// Reads a database as `from` was read.
    std::function<schema::Schema(pg::Connection&)> read{};
    /// What leads from there to what is wanted. The server is the scratch database's.
    std::function<Change(schema::Schema const& reached, Server const& server)> rest{};
    std::optional<pg::Url> beside{};  ///< where the scratch database is made, see ScratchDatabase
    std::string bare = "public";      ///< the schema that unqualified names mean
};

/// Makes `from` in a scratch database, carries the change out there, and compares. Throws Failure
/// CM0330 if something would remain to be done, CM0331 if PostgreSQL refuses the change, or
/// (ExitCode::not_verified) if `from` cannot be made.
void verify_change(schema::Schema const& from, Change const& change, Trial const& trial,
                   SourceMap& sources);

}  // namespace cm::engine
