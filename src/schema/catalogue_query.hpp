// The form that all catalogue queries share.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace cm::schema {

/// The query with the names of the schemas in the place of $1; written out, because that lets
/// queries be sent together.
std::string with_schemas(std::string_view query, std::vector<std::string> const& schemas);

}  // namespace cm::schema
