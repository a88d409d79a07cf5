// The columns that a query gives back, by the names that PostgreSQL prints for them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace cm::sql {

/// A query as PostgreSQL prints it (pg_get_viewdef), when its columns have these names: `AS` stands
/// only where a column is not called as what it is made of. As it is, if it has another number of
/// columns or is no SELECT.
std::string with_output_names(std::string_view query, std::vector<std::string> const& names);

}  // namespace cm::sql
