// A database that is there for replays alone, brought back to what a new one is like.
#pragma once
#include "pg/connection.hpp"

namespace cm::pg {

/// Drops what the role owns: all schemas but the system's and the mark's, with all that is in them,
/// and what lies in none (publications, event triggers, servers, extensions that the role may make
/// again); makes `public` anew. Takes no more locks at once than a server has. Throws SqlError.
void empty_database(Connection& connection);

/// Is it marked as one that may be emptied?
bool is_shadow(Connection& connection);

/// Marks it: by a schema, which stays when the database is emptied.
void mark_as_shadow(Connection& connection);

}  // namespace cm::pg
