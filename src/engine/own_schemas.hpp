// Beside a schema in SQL every schema of the database may be read: which of them are the project's.
#pragma once
#include <string>
#include <vector>

#include "engine/session.hpp"

namespace cm::engine {

/// The URL's, those that a migration of the folder creates, and those that the schema declares, as
/// far as it has been loaded (Session::declared). Of a project in the Prisma language: the managed
/// ones.
std::vector<std::string> own_schemas(Session const& session);

}  // namespace cm::engine
