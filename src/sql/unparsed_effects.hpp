// The effects of a statement that PostgreSQL's parser, as it is linked, does not take: newer
// syntax, or too long for its stack. Told by words; the server's own parser may well understand it.
#pragma once
#include <string_view>

#include "sql/effects.hpp"

namespace cm::sql {

Effects effects_of_unparsed(std::string_view statement);

}  // namespace cm::sql
