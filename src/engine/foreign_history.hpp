// A record of migrations that belongs to another folder: the wrong database, or the wrong project.
#pragma once
#include "engine/session.hpp"

namespace cm::engine {

/// Throws Failure CM0555 if migrations are recorded, and none of them is in the folder.
void refuse_foreign_history(Session const& session, history::Comparison const& comparison);

}  // namespace cm::engine
