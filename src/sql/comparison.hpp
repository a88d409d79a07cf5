// Which casts leave a comparison as it is: PostgreSQL finds the operator by the types of both
// sides.
#pragma once
#include <initializer_list>
#include <string_view>

#include "sql/type.hpp"

namespace cm::sql {

/// One of PostgreSQL's own types, and no list.
bool is_built_in_named(Type const& type, std::initializer_list<std::string_view> names);

/// text or varchar, which are compared as text.
bool is_text(Type const& type);

/// True if the cast on a column leaves its values and how they are compared with others of its
/// kind.
bool says_nothing(Type const& cast, Type const& column);

/// True if a literal under the cast is compared with the column in the column's own type, or
/// alike.
bool compares_alike(Type const& cast, Type const& column);

/// True of columns that their casts may be taken from without another operator being meant.
bool compare_alike(Type const& a, Type const& b);

}  // namespace cm::sql
