// A history that is not this folder's: of a database with tables and no record of migrations, which
// command can take it over; a record that belongs to another folder.
#pragma once
#include "engine/diagnosis.hpp"

namespace cm::engine {

/// Looks at Prisma's record, else replays the migrations one by one and compares each state with
/// the database.
Takeover find_takeover(Session& session);

/// "baseline --to 20260101000000_init": what takes the database over, or begins to
/// with the `first` migration.
std::string takeover_command(Takeover const& takeover, std::string const& first);

/// Throws Failure CM0514 if the history is unknown: it must be said first which migrations are in
/// the database.
void refuse_unknown_history(Session& session);

/// Throws Failure CM0555 if migrations are recorded, and none of them is in the folder.
void refuse_foreign_history(Session const& session, history::Comparison const& comparison);

}  // namespace cm::engine
