// The names of PostgreSQL's own types. An unqualified name means one of these before any other
// (pg_catalog is searched first), in quotes or not, so that a user's type of such a name has to be
// written with its schema wherever it is used.
#pragma once
#include <string_view>

namespace cm::sql {

bool is_system_type_name(std::string_view name);

}  // namespace cm::sql
