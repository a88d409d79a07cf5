// Server → Schema: one query a kind, however many objects there are.
#pragma once
#include <string>
#include <vector>

#include "schema/catalog_query.hpp"
#include "schema/schema.hpp"
#include "sql/rows.hpp"

namespace cm::schema {

/// Reads the objects of the given schemas that the schema language can say. For one consistent
/// picture, call it inside a REPEATABLE READ transaction; what is printed there is only right under
/// pg_dump's settings (engine/catalog_snapshot.hpp).
Schema from_database(sql::QueryFunction const& fetch, std::vector<std::string> const& schemas,
                     Partitions partitions = Partitions::left_out);

/// The same with all that the schemas hold: see Schema::is_whole.
Schema whole_database(sql::QueryFunction const& fetch, std::vector<std::string> const& schemas);

}  // namespace cm::schema
