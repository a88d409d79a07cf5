// "Already exists" is said of what the database had, and of what a statement of the same script has
// made just before.
#pragma once
#include "pg/connection.hpp"

namespace cm::history {

/// True if the object is not there now that the script has been rolled back: it made it itself.
/// False also where the message does not tell.
bool was_made_by_script(pg::ServerMessage const& server, pg::Connection& connection);

}  // namespace cm::history
