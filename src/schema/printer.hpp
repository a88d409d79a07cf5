// A schema as stable text, for those who work on cm-migrate.
#pragma once
#include <string>

#include "schema/schema.hpp"

namespace cm::schema {

/// Each object with the SQL that makes it.
std::string print(Schema const& schema);

}  // namespace cm::schema
