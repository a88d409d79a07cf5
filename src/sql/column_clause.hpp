// What stands behind the name of a column in CREATE TABLE, as far as it concerns the schema:
// `tsvector GENERATED ALWAYS AS (…) STORED`.
#pragma once
#include <optional>
#include <string_view>

#include "sql/type.hpp"

namespace cm::sql {

struct ColumnClauses {
    Type type{};
    bool is_generated{};  ///< from an expression
    bool is_identity{};
};

/// Reads them; none if PostgreSQL's parser refuses the text, or it is more than one column.
std::optional<ColumnClauses> parse_column(std::string_view text);

/// True if the expression names a column: then it can be no default, but what a column is generated
/// from.
bool names_a_column(std::string_view expression);

}  // namespace cm::sql
