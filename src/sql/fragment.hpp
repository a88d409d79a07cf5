// Text of a schema file that stands in SQL as it is written: it must be exactly one expression, one
// type or one operator class to PostgreSQL's parser, so that it cannot end the statement around it,
// add to it, or hide what follows.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cm::sql {

enum class Fragment { expression, type, operator_class };

/// Why the text is not exactly one such piece, in PostgreSQL's words where it has some; none if it
/// is.
std::optional<std::string> fault(Fragment fragment, std::string_view text);

}  // namespace cm::sql
