// What a database has and its schema in SQL does not declare: kept, until the project says
// otherwise.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/schema.hpp"

namespace cm::schema {

/// Puts what only `from` has into `to`, where `is_kept` says so of its kind ("view"); parts of
/// tables (columns, primary keys) are the declaration's. What has been renamed or is recreated is
/// none of it. Gives what was kept, in words.
std::vector<std::string> keep_undeclared(
    Schema const& from, Schema& to,
    std::function<bool(std::string_view kind, object::ObjectRef const&)> const& is_kept);

/// All kinds, in words.
std::vector<std::string_view> kind_titles();

}  // namespace cm::schema
