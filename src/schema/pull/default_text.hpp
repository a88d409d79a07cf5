// A column's default as `@default(…)` takes it.
#pragma once
#include <optional>
#include <string>

#include "schema/pull/column_text.hpp"

namespace cm::schema {

/// `5`, `"x"`, `now()`, `[1, 2]`; `dbgenerated("…")` where the language has no word for it. `text`
/// says which type the field has.
std::optional<std::string> default_text(object::Column const& column, ColumnText const& text,
                                        EnumNames const& enums);

}  // namespace cm::schema
