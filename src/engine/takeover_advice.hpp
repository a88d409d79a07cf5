// A database that has tables but no record of migrations: which command can take it over.
#pragma once
#include "engine/diagnosis.hpp"

namespace cm::engine {

/// Looks at Prisma's record, else replays the migrations one by one and compares each state with
/// the database.
Takeover find_takeover(Session& session);

}  // namespace cm::engine
