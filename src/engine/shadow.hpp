// The shadow database that the user names is emptied at each use. What must never be emptied by a
// slip of the hand is told here, and left as it is.
#pragma once
#include <optional>
#include <string>

#include "pg/scratch_database.hpp"

namespace cm::engine {

/// `url` for replays. `target` is what pg::identity says of the database that the migrations are
/// for, asked in its open session; none where there is no such database. The check throws Failure
/// CM0412 if both are the same, CM0415 if the database is protected, holds a migrations table, or
/// has rows without being marked as a shadow database.
pg::ShadowDatabase shadow_database(pg::Url url, std::optional<std::string> target);

}  // namespace cm::engine
