// Which change of a column's type keeps the data: from PostgreSQL's own casts (manual, CREATE CAST,
// and the list that psql's \dC shows), which apply by themselves in ALTER COLUMN … TYPE when they
// are implicit or "assignment" casts.
#include <charconv>

#include "object/table/column.hpp"

namespace cm::object {
namespace {

using sql::Type;
using sql::TypeClass;

int modifier(Type const& type, std::size_t index, int otherwise) {
    if (type.modifiers.size() <= index) {
        return otherwise;
    }
    auto const& text = type.modifiers[index];
    int value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool is(Type const& type, std::string_view name) {
    return type.name.schema.empty() && type.name.name == name;
}

int width(Type const& type) {
    if (is(type, "int2")) {
        return 2;
    }
    return is(type, "int8") ? 8 : 4;
}

constexpr int unlimited = 1 << 30;

Conversion safe_if(bool safe) {
    return safe ? Conversion::safe : Conversion::risky;
}

Conversion to_text(Type const& from, Type const& to) {
    if (is(to, "text") || is(to, "citext")) {
        return Conversion::safe;
    }
    auto const room = modifier(to, 0, unlimited);
    auto const is_bounded = !from.is_array && sql::type_class(from) == TypeClass::text &&
                            !is(from, "text") && !is(from, "citext");
    return safe_if(room == unlimited || (is_bounded && modifier(from, 0, unlimited) <= room));
}

/// Object identifiers have no sign and cast from integers, and to the larger ones; to others by way
/// of bigint.
Conversion with_oid(Type const& from, Type const& to) {
    if (is(from, "oid") && is(to, "int8")) return Conversion::safe;
    auto const by_itself =
        is(from, "oid") ? is(to, "int4") : sql::type_class(from) == TypeClass::integer;
    return by_itself ? Conversion::risky : Conversion::by_using;
}

Conversion between_numbers(Type const& from, Type const& to) {
    if (is(from, "oid") || is(to, "oid")) return with_oid(from, to);
    if (is(to, "numeric") && to.modifiers.empty()) {
        // numeric(float) keeps 15 digits, and not every infinity.
        return safe_if(sql::type_class(from) == TypeClass::integer || is(from, "numeric"));
    }
    if (is(from, "numeric") && is(to, "numeric") && !from.modifiers.empty()) {
        auto const scale_from = modifier(from, 1, 0), scale_to = modifier(to, 1, 0);
        auto const whole_from = modifier(from, 0, 0) - scale_from,
                   whole_to = modifier(to, 0, 0) - scale_to;
        return safe_if(scale_to >= scale_from && whole_to >= whole_from);
    }
    auto const from_integer = sql::type_class(from) == TypeClass::integer;
    if (from_integer && is(to, "numeric")) {
        constexpr int digits_of_bigint = 19;
        return safe_if(modifier(to, 0, 0) - modifier(to, 1, 0) >= digits_of_bigint);
    }
    if (from_integer && is(to, "float8")) {
        return safe_if(width(from) < 8);
    }
    if (from_integer && is(to, "float4")) {
        return safe_if(width(from) == 2);
    }
    if (from_integer && sql::type_class(to) == TypeClass::integer) {
        return safe_if(width(to) >= width(from));
    }
    return safe_if(is(from, "float4") && is(to, "float8"));
}

Conversion between_moments(Type const& from, Type const& to) {
    if (from.name == to.name) {
        constexpr int microseconds = 6;
        return safe_if(modifier(to, 0, microseconds) >= modifier(from, 0, microseconds));
    }
    if (is(from, "date")) {
        return is(to, "time") || is(to, "timetz") ? Conversion::none : safe_if(is(to, "timestamp"));
    }
    if (is(from, "time") || is(from, "timetz")) {
        return is(to, "time") || is(to, "timetz") ? Conversion::risky : Conversion::none;
    }
    if (is(from, "timestamp") && is(to, "timetz")) {
        return Conversion::none;
    }
    return Conversion::risky;  // the session's time zone decides, or a part of the value goes
}

/// Types that the language knows little of (`Unsupported("cidr")`) and PostgreSQL casts by itself.
Conversion between_others(Type const& from, Type const& to) {
    struct Cast {
        std::string_view from{}, to{};
        bool is_safe{};
    };

    constexpr Cast casts[] = {
        {"cidr", "inet", true},        {"inet", "cidr", false},  // loses the bits of the host
        {"time", "interval", true},    {"interval", "time", false},
        {"macaddr", "macaddr8", true}, {"macaddr8", "macaddr", false},
    };
    for (auto const& cast : casts) {
        if (is(from, cast.from) && is(to, cast.to)) {
            return safe_if(cast.is_safe && to.modifiers.empty());
        }
    }
    return Conversion::none;
}

bool is_number(TypeClass type) {
    return type == TypeClass::integer || type == TypeClass::number;
}

Conversion between_scalars(Type const& from, Type const& to) {
    auto const source = sql::type_class(from);
    auto const target = sql::type_class(to);
    auto const from_user = !from.name.schema.empty(), to_user = !to.name.schema.empty();
    if (target == TypeClass::text) {
        return to_text(from, to);
    }
    if (source == TypeClass::text) {
        return Conversion::by_using;
    }
    if (from_user || to_user) {
        return from_user && to_user ? Conversion::by_using : Conversion::none;
    }
    if (is_number(source) && is_number(target)) {
        return between_numbers(from, to);
    }
    if (source == TypeClass::date_time && target == TypeClass::date_time) {
        return between_moments(from, to);
    }
    if (source == TypeClass::json && target == TypeClass::json) {
        return Conversion::safe;
    }
    if (source == TypeClass::bit && target == TypeClass::bit) {
        return Conversion::risky;
    }
    auto const boolean_and_integer =
        (source == TypeClass::boolean && target == TypeClass::integer) ||
        (source == TypeClass::integer && target == TypeClass::boolean);
    if (boolean_and_integer && !is(from, "oid") && !is(to, "oid")) {
        return Conversion::by_using;
    }
    if ((is(from, "numeric") || is(from, "int4") || is(from, "int8")) && is(to, "money")) {
        return Conversion::risky;
    }
    if (is(from, "money") && is(to, "numeric")) {
        return Conversion::risky;
    }
    return between_others(from, to);
}

}  // namespace

Conversion conversion(Type const& from, Type const& to) {
    if (from == to) {
        return Conversion::same;
    }
    auto const same_name = from.name == to.name && !sql::lie_apart(from, to);
    if (from.is_array != to.is_array) {
        // One value becomes a list of one; a list has no single value.
        auto const wraps = to.is_array && same_name && from.modifiers == to.modifiers;
        if (wraps) {
            return Conversion::by_using;
        }
        // Every type has a text form, a list `{a,b}`: not what anybody means by a single value.
        return from.is_array && sql::type_class(to) == TypeClass::text ? Conversion::risky
                                                                       : Conversion::none;
    }
    if (same_name && to.modifiers.empty()) {
        return Conversion::safe;
    }
    auto const scalar = between_scalars(from, to);
    // The same type with other modifiers always casts by itself (`geometry(Point)` included).
    return same_name && scalar == Conversion::none ? Conversion::risky : scalar;
}

}  // namespace cm::object
