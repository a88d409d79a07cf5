// Databases as a whole: making, dropping, asking whether they are there. Works through another
// database of the same server, since nobody can drop the one he is connected to.
#pragma once
#include <string>

#include "pg/connection.hpp"
#include "pg/url.hpp"

namespace cm::pg {

/// Connected to `postgres` or `template1` of the same server.
Connection connect_to_maintenance(Url const& url);

/// Asked in another database; true if the role has access to none.
bool database_exists(Url const& url);

/// Makes the database of the URL; that it is there already is no error. Throws Failure CM0413.
void create_database(Url const& url);

/// Makes the schema if it is missing; where it is there, the right to make some is not needed.
void make_schema(Connection& connection, std::string const& name);

bool may_create_databases(Connection& connection);

/// Closes the sessions in it and drops it; one that does not exist is no error. Throws SqlError.
void drop_database(Connection& elsewhere, std::string const& name);

/// `TEMPLATE template0 ENCODING … LC_COLLATE …` for a database like `name`; empty if there is no
/// such database.
std::string creation_clause(Connection& connection, std::string const& name);

}  // namespace cm::pg
