// What stands on a table that changes and that a schema file cannot say: views, triggers, policies
// … They are dropped before the change and made again after it, as they were.
#pragma once
#include <string>
#include <vector>

#include "engine/development.hpp"

namespace cm::engine {

/// What leads from a database to a declaration (see change_between), around all that is in the way.
/// `server` tells of the database (Server::catalog), and is asked only where something that exists
/// changes. `schemas`: the managed ones. `beside`: another database of the same migrations, whose
/// comments, privileges and owners come back as well; null if there is none.
Change change_around_definitions(schema::Schema from, schema::Schema to, std::string const& bare,
                                 std::vector<std::string> const& schemas, Server const& server,
                                 schema::Schema const* beside = nullptr);

/// Something is dropped or recreated that others may stand on, or that has attributes which no
/// schema file can say.
bool recreates(schema::Steps const& plan);

}  // namespace cm::engine
