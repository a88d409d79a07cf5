// How a value of a column's old type is written as one of its new type.
#pragma once
#include <string>

#include "object/table/column.hpp"

namespace cm::object {

/// `"age"::text::"Mood"`: with the explicit conversions that PostgreSQL does not do unasked.
std::string cast_expression(Column const& from, Column const& to, sql::Writer const& out);

}  // namespace cm::object
