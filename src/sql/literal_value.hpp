// Which value a constant has in a column, and which casts leave it as it is.
#pragma once
#include <optional>
#include <string>

#include "sql/parse_node.hpp"

namespace cm::sql {

/// One spelling for one value, as far as that can be known.
struct LiteralValue {
    std::string text{};
    bool is_settled{};  ///< another text is another value
};

/// True if the cast leaves the value as a column of type `column` would keep it without:
/// `'x'::text` in a varchar column, `'-5'::integer` in a bigint one; but not
/// `'abcdef'::varchar(3)`, `5.7::int`, nor any from one sort of value to another.
bool keeps(Type const& cast, Constant const& constant, Type const& column);

/// The value in a column of type `type`, which is no list; none if the casts change it, or may.
std::optional<LiteralValue> literal_value(CastConstant const& literal, Type const& type);

}  // namespace cm::sql
