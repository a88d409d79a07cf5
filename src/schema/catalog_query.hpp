// The form that all catalog queries share.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace cm::schema {

/// Partitions are data where no source can declare them; the same goes for enums without values.
enum class Partitions { left_out, read };

/// Stands for all schemas of a database but the server's own and those that extensions have made.
extern std::vector<std::string> const every_schema;

/// The query with the names of the schemas in the place of $1, and whether there are to be
/// partitions in that of $partitions; written out, because that lets queries be sent together.
std::string with_schemas(std::string_view query, std::vector<std::string> const& schemas,
                         Partitions partitions = Partitions::left_out);

/// The query with the part that names objects (objects.sql) in the place of $objects, if
/// it has one.
std::string with_objects(std::string_view query);

}  // namespace cm::schema
