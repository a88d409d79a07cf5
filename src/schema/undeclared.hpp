// What a database has and its schema in SQL does not declare: kept, until the project says
// otherwise.
#pragma once
#include <functional>
#include <vector>

#include "schema/schema.hpp"

namespace cm::schema {

/// Puts what only `from` has into `to`, where `is_kept` says so; parts of tables (columns, keys)
/// are the declaration's. What has been renamed is none of it.
std::vector<object::ObjectRef> keep_undeclared(
    Schema const& from, Schema& to, std::function<bool(object::ObjectRef const&)> const& is_kept);

}  // namespace cm::schema
