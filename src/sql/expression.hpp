// SQL expressions that compare as PostgreSQL means them: 'x'::text in a text column is 'x', now()
// is CURRENT_TIMESTAMP.
#pragma once
#include <string>
#include <string_view>

#include "sql/type.hpp"

namespace cm::sql {

/// An expression: how it is written, and the canonical text by which it is compared.
struct Expression {
    std::string text{};
    std::string canonical{};

    friend bool operator==(Expression const& a, Expression const& b) {
        return a.canonical == b.canonical;
    }
};

/// The default of a column of type `type`, as a user or pg_get_expr wrote it. Text that
/// PostgreSQL's parser refuses is its own canonical form.
Expression column_default(std::string_view text, Type const& type);

/// The condition of a partial index. Casts do not count: PostgreSQL adds them where people write
/// none.
Expression condition(std::string_view text);

/// True if the canonical text is a number, a truth value, NULL or the current time: then text
/// decides, and the server need not be asked what it means, as it must for '90 min' and '1:30'.
bool is_plain(Expression const& expression);

}  // namespace cm::sql
