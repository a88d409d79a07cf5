// The shadow database that the user names is emptied at each use. What must never be emptied by a
// slip of the hand is told here, and left as it is.
#pragma once
#include <optional>
#include <string>

#include "base/diagnostic.hpp"
#include "pg/scratch_database.hpp"

namespace cm::engine {

/// `url` for replays. `target` is what pg::identity says of the database that the migrations are
/// for, asked in its open session; none where there is no such database. The check throws Failure
/// CM0412 if both are the same, CM0415 if the database is protected, holds a migrations table, or
/// has rows without being marked as a shadow database.
pg::ShadowDatabase shadow_database(pg::Url url, std::optional<std::string> target);

/// The failure to get into the shadow database says that it is that one, not the project's.
[[noreturn]] void throw_of_shadow(Failure const& failure);

/// What `connect` gives, which gets into the shadow database.
template <class Connect>
auto connected_to_shadow(Connect const& connect) {
    try {
        return connect();
    } catch (Failure const& failure) {
        throw_of_shadow(failure);
    }
}

}  // namespace cm::engine
