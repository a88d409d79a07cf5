// SQL expressions that compare as PostgreSQL means them: 'x'::text in a text column is 'x', now()
// is CURRENT_TIMESTAMP. Two are equal if their canonical texts are, by the rules in
// default_value.cpp and condition.cpp; what these do not settle, only PostgreSQL can (which says
// the same if it prints both alike for that column).
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/type.hpp"

namespace cm::sql {

/// An expression: how it is written, and the canonical text by which it is compared.
struct Expression {
    std::string text{};
    std::string canonical{};
    bool is_settled{};      ///< the rules know all of it: another canonical text is another meaning
    bool needs_brackets{};  ///< behind DEFAULT in CREATE TABLE
    std::vector<std::string> columns{};  ///< that a condition names, sorted; `*` for the whole row

    friend bool operator==(Expression const& a, Expression const& b) {
        return a.canonical == b.canonical;
    }
};

/// The default of a column of type `type`, as a user or pg_get_expr wrote it. Text that is not
/// exactly one expression is its own canonical form.
Expression column_default(std::string_view text, Type const& type);

/// The same of `'text'`.
Expression text_default(std::string const& text, Type const& type);

/// The type of a table's column; null if there is no such column.
using ColumnTypes = std::function<Type const*(std::string_view column)>;

/// The condition of a partial index on a table with such columns.
Expression condition(std::string_view text, ColumnTypes const& types);

/// True if the condition is no more than `true`, for which PostgreSQL makes no partial index.
bool is_always_true(std::string_view condition);

/// True if they are certain to mean different things, so that no server need be asked.
bool surely_differ(Expression const& a, Expression const& b);

}  // namespace cm::sql
