// Only what has been put to a server counts as alike: tests/sql/literal_value_test.cpp.
#include "sql/comparison.hpp"

#include <algorithm>

namespace cm::sql {
namespace {

/// Exact numbers by what they hold; 0 for other types.
int rank(Type const& type) {
    if (!type.modifiers.empty()) return 0;
    int rank = 1;
    for (auto const* const name : {"int2", "int4", "int8", "numeric"}) {
        if (is_built_in_named(type, {name})) return rank;
        ++rank;
    }
    return 0;
}

bool is_number(Type const& type) {
    return type_class(type) == TypeClass::integer || type_class(type) == TypeClass::number;
}

}  // namespace

bool is_built_in_named(Type const& type, std::initializer_list<std::string_view> names) {
    return type.name.schema.empty() && !type.is_array &&
           std::find(names.begin(), names.end(), type.name.name) != names.end();
}

bool is_text(Type const& type) {
    return is_built_in_named(type, {"text", "varchar"});
}

bool says_nothing(Type const& cast, Type const& column) {
    if (!cast.modifiers.empty() || cast.is_array || column.is_array) return false;
    if (is_text(column)) return is_text(cast);
    return rank(column) != 0 && rank(cast) >= rank(column);
}

bool compares_alike(Type const& cast, Type const& column) {
    if (is_text(column)) return is_text(cast);
    auto const is_binary = is_built_in_named(column, {"float8"});
    if ((is_binary || rank(column) != 0) && is_number(cast)) {
        // Beside a binary number, an exact one is compared as a binary one.
        auto const is_exact = is_built_in_named(cast, {"int2", "int4", "int8", "numeric"});
        auto const is_numeric = is_built_in_named(column, {"numeric"});
        return is_exact || (!is_numeric && is_built_in_named(cast, {"float8"}));
    }
    return cast.name.name == column.name.name;
}

bool compare_alike(Type const& a, Type const& b) {
    return (is_text(a) && is_text(b)) || (rank(a) != 0 && rank(b) != 0);
}

}  // namespace cm::sql
