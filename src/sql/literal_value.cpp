// See literal_value.hpp. What a cast does to a value: PostgreSQL manual, 4.2.9 and 8.
#include "sql/literal_value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "base/text.hpp"
#include "sql/literal.hpp"
#include "sql/system_types.hpp"

namespace cm::sql {
namespace {

constexpr auto npos = std::string::npos;

bool is_numeric(TypeClass type) {
    return type == TypeClass::integer || type == TypeClass::number;
}

bool is_named(Type const& type, std::string_view name) {
    return type.name.name == name;
}

/// A name without a schema may be the same as one with it, unless it means one of PostgreSQL's own.
bool is_same_name(Type const& a, Type const& b) {
    if (is_system_type_name(a.name.name)) return a.name == b.name;
    return a.name.name == b.name.name &&
           (a.name.schema == b.name.schema || a.name.schema.empty() || b.name.schema.empty());
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::optional<long> modifier(Type const& type, std::size_t index) {
    if (type.modifiers.size() <= index) return {};
    long value = 0;
    auto const& text = type.modifiers[index];
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failed == std::errc{} && end == text.data() + text.size() ? std::optional{value}
                                                                     : std::nullopt;
}

/// A canonical number in parts: digits before and behind the point.
struct Digits {
    std::string_view whole{}, fraction{};
    bool is_negative{};

    std::size_t significant() const { return (whole == "0" ? 0 : whole.size()) + fraction.size(); }
};

Digits digits_of(std::string_view number) {
    Digits digits{};
    digits.is_negative = number.starts_with('-');
    if (digits.is_negative) number.remove_prefix(1);
    auto const point = number.find('.');
    digits.whole = number.substr(0, point);
    if (point != std::string_view::npos) digits.fraction = number.substr(point + 1);
    return digits;
}

bool fits_integer(Digits const& digits, std::string_view type) {
    if (!digits.fraction.empty()) return false;
    auto const text = (digits.is_negative ? "-" : "") + std::string{digits.whole};
    std::int64_t value = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{}) return false;
    auto const within = [&](std::int64_t low, std::int64_t high) {
        return value >= low && value <= high;
    };
    if (type == "int2") return within(-32768, 32767);
    if (type == "int4") return within(-2147483648LL, 2147483647LL);
    if (type == "oid") return within(0, 4294967295LL);
    return true;
}

bool fits_numeric(Digits const& digits, Type const& type) {
    if (type.modifiers.empty()) return true;
    auto const precision = modifier(type, 0), scale = modifier(canonical(type), 1);
    if (!precision || !scale) return false;
    auto const whole = digits.whole == "0" ? 0 : static_cast<long>(digits.whole.size());
    return static_cast<long>(digits.fraction.size()) <= *scale && whole <= *precision - *scale;
}

/// Binary numbers keep so many digits of any decimal one.
constexpr std::size_t digits_of_float4 = 6, digits_of_float8 = 15;

/// `is_mixed`: a cast to another type stands around it.
bool keeps_number(Type const& cast, std::string const& text, Type const& column, bool is_mixed) {
    auto const number = canonical_number(text);
    if (!number) {  // NaN, Infinity: the type must be the column's
        return cast.name == column.name && cast.modifiers.empty();
    }
    auto const digits = digits_of(*number);
    auto const& name = cast.name.name;
    if (type_class(cast) == TypeClass::integer) return fits_integer(digits, name);
    if (name == "numeric") return fits_numeric(digits, cast);
    if (name == column.name.name && !is_mixed) return true;
    // Written out in a type of another precision, the digits beyond these come out otherwise.
    return digits.significant() <= (name == "float4" ? digits_of_float4 : digits_of_float8) &&
           (name != "float4" || digits.fraction.empty());
}

bool keeps_text(Type const& cast, Constant const& constant) {
    auto const& text = constant.text;
    // A number as text is spelled as PostgreSQL spells it.
    if (constant.kind == ConstantKind::number && spelled_number(text) != text) return false;
    if (is_named(cast, "bpchar") && text.ends_with(' ')) return false;
    if (cast.modifiers.empty()) return true;
    auto const length = modifier(cast, 0);
    return length && static_cast<long>(characters(text)) <= *length;
}

bool keeps_bits(Type const& cast, std::string const& text) {
    if (cast.modifiers.empty()) return true;
    auto const length = modifier(cast, 0);
    auto const size = static_cast<long>(text.size());
    return length && (is_named(cast, "bit") ? size == *length : size <= *length);
}

std::size_t fraction_digits(std::string const& moment) {
    auto const point = moment.find('.');
    if (point == npos) return 0;
    auto const end = moment.find_first_not_of("0123456789", point + 1);
    return (end == npos ? moment.size() : end) - point - 1;
}

bool keeps_moment(Type const& cast, std::string const& text) {
    auto const digits = modifier(cast, 0);
    if (cast.modifiers.empty()) return true;
    auto const moment = canonical_moment(text, cast.name.name);
    return digits && moment && static_cast<long>(fraction_digits(*moment)) <= *digits;
}

LiteralValue number_value(Constant const& constant) {
    if (constant.kind != ConstantKind::boolean) {
        if (auto number = canonical_number(constant.text)) return {*number, true};
    }
    return {quote_literal(constant.text), false};
}

LiteralValue boolean_value(Constant const& constant) {
    auto const& text = constant.text;
    auto const is_number = constant.kind == ConstantKind::whole;
    if (!is_number && (text == "true" || text == "t")) return {"true", true};
    if (!is_number && (text == "false" || text == "f")) return {"false", true};
    return {quote_literal(text), false};
}

LiteralValue moment_value(std::string const& text, Type const& type) {
    auto moment = canonical_moment(text, type.name.name);
    // Without a zone it is one by the session's settings.
    auto const needs_zone = is_named(type, "timestamptz") || is_named(type, "timetz");
    if (!moment || (needs_zone && !has_zone(text))) return {quote_literal(text), false};
    constexpr long microseconds = 6;
    auto const room = modifier(type, 0).value_or(microseconds);
    auto const fits = static_cast<long>(fraction_digits(*moment)) <= room;
    return {quote_literal(*moment), fits};
}

bool is_hexadecimal(std::string_view text) {
    return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

LiteralValue uuid_value(std::string const& text) {
    auto is_plain = text.size() == 36;
    for (std::size_t i = 0; is_plain && i < text.size(); ++i) {
        auto const is_line = i == 8 || i == 13 || i == 18 || i == 23;
        is_plain = is_line ? text[i] == '-' : is_hexadecimal(text.substr(i, 1));
    }
    return {quote_literal(to_lower(text)), is_plain};
}

LiteralValue binary_value(std::string const& text) {
    auto const is_plain =
        text.starts_with("\\x") && text.size() % 2 == 0 && is_hexadecimal(text.substr(2));
    return {quote_literal(is_plain ? to_lower(text) : text), is_plain};
}

LiteralValue json_value(std::string const& text, Type const& type) {
    if (!is_named(type, "jsonb")) return {quote_literal(text), true};
    auto const spelling = canonical_json(text);
    return {quote_literal(spelling.value_or(text)), spelling.has_value()};
}

/// A number in a column of text is spelled by PostgreSQL.
LiteralValue text_value(Constant const& constant) {
    auto const is_certain =
        constant.kind == ConstantKind::text || constant.kind == ConstantKind::whole;
    return {is_certain ? quote_literal(constant.text) : "number " + constant.text, is_certain};
}

LiteralValue value_in(Constant const& constant, Type const& type) {
    auto const& text = constant.text;
    switch (type_class(type)) {
        case TypeClass::integer:
        case TypeClass::number:
            return number_value(constant);
        case TypeClass::boolean:
            return boolean_value(constant);
        case TypeClass::date_time:
            return moment_value(text, type);
        case TypeClass::uuid:
            return uuid_value(text);
        case TypeClass::binary:
            return binary_value(text);
        case TypeClass::json:
            return json_value(text, type);
        case TypeClass::text:
            return text_value(constant);
        case TypeClass::bit:
            return {quote_literal(text), text.find_first_not_of("01") == npos};
        case TypeClass::other:
            break;
    }
    // A value of an enum is what it is called; of any other type there may be several spellings.
    auto const is_enum = !type.name.schema.empty() && constant.kind == ConstantKind::text;
    return {quote_literal(text), is_enum};
}

/// PostgreSQL's own types that have no place in the table of types.
bool is_of_postgresql(std::string_view name) {
    constexpr std::array names{"char",      "name",      "interval", "cidr",    "macaddr",
                               "macaddr8",  "point",     "line",     "lseg",    "box",
                               "path",      "polygon",   "circle",   "tsquery", "tsvector",
                               "int4range", "int8range", "numrange", "tsrange", "tstzrange",
                               "daterange", "regclass",  "regtype",  "pg_lsn"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// True if the cast gives a value that is spelled as the constant is, so that it does not count in
/// which type it was.
bool prints_as_written(Type const& cast, Constant const& constant) {
    auto const& text = constant.text;
    auto const moment = [&] { return canonical_moment(text, cast.name.name) == text; };
    switch (type_class(cast)) {
        case TypeClass::integer:
            return canonical_number(text) == text && fits_integer(digits_of(text), cast.name.name);
        case TypeClass::number:
            return is_named(cast, "numeric") && cast.modifiers.empty() &&
                   spelled_number(text) == text;
        case TypeClass::boolean:
            return text == "true" || text == "false";
        case TypeClass::date_time:
            return (is_named(cast, "date") || is_named(cast, "timestamp")) && moment() &&
                   keeps_moment(cast, text);
        case TypeClass::uuid:
            return uuid_value(text).is_settled && uuid_value(text).text == quote_literal(text);
        case TypeClass::text:
            return (is_named(cast, "text") || is_named(cast, "varchar")) &&
                   keeps_text(cast, constant);
        case TypeClass::bit:
            return keeps_bits(cast, text);
        default:
            return is_named(cast, "json");
    }
}

bool keeps_beside(Type const& cast, Constant const& constant, Type const& column, bool is_mixed) {
    if (cast.is_array) return false;
    auto own = cast;
    auto const is_own = is_same_name(cast, column);
    if (is_own) own.name = column.name;  // `public.citext`
    auto const from = type_class(own), to = type_class(column);
    // Of a domain nothing is known but that PostgreSQL names the type that it stands for.
    auto const is_domain = !is_own && column.name.schema.empty() && !is_built_in(column) &&
                           !is_of_postgresql(column.name.name);
    if (is_domain) return !is_mixed && prints_as_written(own, constant);
    if (is_numeric(from)) {
        auto const takes_numbers = is_numeric(to) || is_named(column, "money");
        return takes_numbers && constant.kind != ConstantKind::boolean &&
               keeps_number(own, constant.text, column, is_mixed);
    }
    if (from == TypeClass::text) {
        return to == TypeClass::text && keeps_text(own, constant);
    }
    if (from == TypeClass::bit) {
        return to == TypeClass::bit && keeps_bits(own, constant.text);
    }
    if (!is_own) return false;
    if (from == TypeClass::date_time) return keeps_moment(own, constant.text);
    if (from == TypeClass::boolean) return constant.kind != ConstantKind::whole;
    // Of a type that nothing is known of, other modifiers may change the value.
    return own.modifiers.empty() || own.modifiers == column.modifiers;
}

}  // namespace

bool keeps(Type const& cast, Constant const& constant, Type const& column) {
    return keeps_beside(cast, constant, column, false);
}

std::optional<LiteralValue> literal_value(CastConstant const& literal, Type const& type) {
    auto const& casts = literal.casts;
    for (auto cast = casts.begin(); cast != casts.end(); ++cast) {
        auto const is_mixed = std::any_of(
            cast, casts.end(), [&](Type const& around) { return around.name != cast->name; });
        if (!keeps_beside(*cast, literal.constant, type, is_mixed)) return {};
    }
    return value_in(literal.constant, type);
}

}  // namespace cm::sql
