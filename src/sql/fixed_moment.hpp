// `'now'`, `'today'` …: words that PostgreSQL replaces by a moment while it reads them, so that a
// default holds for ever the time at which it was made. It is now() that is meant nearly always.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "sql/expression.hpp"
#include "sql/type.hpp"

namespace cm::sql {

/// The word in the expression that becomes a moment once and for all, if there is one. `type`: of
/// the column whose default it is; null for a condition.
std::optional<std::string> fixed_moment(std::string_view expression, Type const* type);

/// True of a default that is a moment and nothing else, as a database shows what became of such a
/// word.
bool is_moment(Expression const& default_value, Type const& type);

/// True if the script has such a word as a string: the same script makes something else each time.
bool names_moments(std::string_view script);

}  // namespace cm::sql
