// What not even a comparison of two databases looks at.
#pragma once
#include <set>
#include <string>

#include "sql/rows.hpp"

namespace cm::schema {

/// The kinds, in words, of which the database has something.
std::set<std::string> uncompared_kinds(sql::QueryFunction const& fetch);

}  // namespace cm::schema
