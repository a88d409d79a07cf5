// Expressions of a database, which PostgreSQL prints with the schema of every name, in the form
// that migrations and the schema language give them.
#pragma once
#include <string_view>

#include "schema/schema.hpp"

namespace cm::schema {

/// Names of `bare_schema`, the schema that unqualified names mean, lose it (sql/unqualified.hpp);
/// functions of a schema that is read as a whole keep it.
Schema unqualified(Schema schema, std::string_view bare_schema);

}  // namespace cm::schema
