// pg_get_expr prints a constant as a literal with a cast at most; whatever else stands there is SQL
// to the schema language.
#include "schema/pull/default_text.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/base64.hpp"
#include "base/overloaded.hpp"
#include "base/text.hpp"
#include "dsl/string_literal.hpp"
#include "sql/array_literal.hpp"
#include "sql/literal.hpp"

namespace cm::schema {
namespace {

/// A constant as PostgreSQL prints it, without its cast.
struct Constant {
    std::string text{};
    bool is_quoted{};
    bool is_converted{};  ///< `(5)::bigint`: a number of another type
};

/// Behind a constant: nothing, or `::type`.
bool is_cast(std::string_view rest) {
    if (rest.empty()) return true;
    if (!rest.starts_with("::")) return false;
    constexpr std::string_view marks = " \"._(),[]";
    return std::all_of(rest.begin() + 2, rest.end(), [&](char c) {
        auto const is_ascii = static_cast<unsigned char>(c) < 0x80;
        return !is_ascii || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (c >= '0' && c <= '9') || c == '-' || marks.find(c) != std::string_view::npos;
    });
}

/// `::character varying(2)` cuts its value: the language, which cannot say so, would have the
/// whole.
bool is_cut(std::string_view value, std::string_view cast) {
    auto const open = cast.find('(');
    auto const cuts =
        cast.find("char") != std::string_view::npos || cast.find("bit") != std::string_view::npos;
    std::size_t length = 0;
    if (!cuts || open == std::string_view::npos ||
        std::from_chars(cast.data() + open + 1, cast.data() + cast.size(), length).ec !=
            std::errc{}) {
        return false;
    }
    auto const characters = std::count_if(value.begin(), value.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    return static_cast<std::size_t>(characters) > length;
}

std::optional<Constant> quoted_constant(std::string_view text) {
    Constant constant{{}, true, false};
    std::size_t at = 1;
    for (; at < text.size(); ++at) {
        if (text[at] != '\'') {
            constant.text += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == '\'') {
            constant.text += text[at++];
        } else {
            break;
        }
    }
    if (at >= text.size() || !is_cast(text.substr(at + 1))) return {};
    auto const cast = text.substr(at + 1);
    if (!cast.ends_with("[]") && is_cut(constant.text, cast)) return {};
    return constant;
}

bool is_number(std::string_view text) {
    auto const digits = text.substr(text.starts_with('-') ? 1 : 0);
    return !digits.empty() && digits.find_first_not_of("0123456789.") == std::string_view::npos &&
           digits.front() != '.' && std::count(digits.begin(), digits.end(), '.') <= 1;
}

std::optional<Constant> constant_of(std::string_view text) {
    if (text.starts_with('\'')) return quoted_constant(text);
    auto const end = std::min(text.find("::"), text.size());
    auto bare = text.substr(0, end);
    auto const is_converted = bare.starts_with('(') && end < text.size();
    if (bare.starts_with('(') && bare.ends_with(')')) bare = bare.substr(1, bare.size() - 2);
    auto const is_word = bare == "true" || bare == "false";
    if ((!is_word && !is_number(bare)) || !is_cast(text.substr(end))) return {};
    return Constant{std::string{bare}, false, is_converted};
}

std::optional<std::string> bytes_of(std::string_view hexadecimal) {
    if (!hexadecimal.starts_with("\\x") || hexadecimal.size() % 2 != 0) return {};
    std::string bytes{};
    for (std::size_t i = 2; i < hexadecimal.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(std::string{hexadecimal.substr(i, 2)}, nullptr, 16));
    }
    return bytes;
}

/// Types whose values the language writes as a plain string.
bool is_written_as_text(std::string_view type) {
    constexpr std::array types{"text",   "bpchar", "varchar", "citext", "bit",
                               "varbit", "xml",    "inet",    "json",   "jsonb"};
    return std::find(types.begin(), types.end(), type) != types.end();
}

bool is_written_as_number(std::string_view type) {
    constexpr std::array types{"int2",   "int4",   "int8",    "oid",
                               "float4", "float8", "numeric", "money"};
    return std::find(types.begin(), types.end(), type) != types.end();
}

std::optional<std::string> item_text(Constant const& constant, sql::Type const& type,
                                     EnumNames const& enums) {
    auto const& name = type.name.name;
    if (!type.name.schema.empty()) return enums.value(type.name, constant.text);
    if (name == "bool") {
        auto const is_true = constant.text == "true" || constant.text == "t";
        auto const is_false = constant.text == "false" || constant.text == "f";
        return is_true || is_false ? std::optional<std::string>{is_true ? "true" : "false"}
                                   : std::nullopt;
    }
    if (is_written_as_number(name)) {
        auto const is_whole = constant.text.find('.') == std::string::npos;
        auto const takes_whole = name.starts_with("int") || name == "oid";
        if (!is_number(constant.text)) return {};
        if (takes_whole && (!is_whole || constant.is_converted)) return {};
        return constant.text;
    }
    if (name == "bytea") {
        auto const bytes = bytes_of(constant.text);
        return bytes ? std::optional{dsl::escape(to_base64(*bytes))} : std::nullopt;
    }
    if (is_written_as_text(name) && constant.is_quoted) return dsl::escape(constant.text);
    return {};
}

/// Prisma reads `'{…}'` as a list of these; of others it is SQL to it, unless it is empty.
bool has_plain_elements(sql::Type const& type) {
    constexpr std::array types{"text", "bpchar", "varchar", "citext", "bool"};
    auto const& name = type.name.name;
    return !type.name.schema.empty() || is_written_as_number(name) ||
           std::find(types.begin(), types.end(), name) != types.end();
}

/// The elements between `ARRAY[` and `]`; none if one of them is no constant.
std::optional<std::vector<Constant>> written_elements(std::string_view text) {
    std::vector<Constant> elements{};
    std::size_t begin = 0;
    auto is_inside = false;
    auto depth = 0;  // of parentheses, as in `numeric(65,30)`
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at < text.size()) {
            if (text[at] == '\'') is_inside = !is_inside;
            if (!is_inside && text[at] == '(') ++depth;
            if (!is_inside && text[at] == ')') --depth;
            if (text[at] != ',' || is_inside || depth > 0) continue;
        }
        auto piece = text.substr(begin, at - begin);
        while (piece.starts_with(' ')) piece.remove_prefix(1);
        auto constant = constant_of(piece);
        if (!constant) return {};
        elements.push_back(std::move(*constant));
        begin = at + 1;
    }
    return elements;
}

/// `{a,NULL}`, where `{"NULL"}` is the word.
bool has_null_element(std::string_view literal) {
    std::string element{};
    auto is_inside = false;
    for (std::size_t at = 1; at < literal.size(); ++at) {
        auto const c = literal[at];
        if (c == '"') is_inside = !is_inside;
        if (c == '\\') ++at;
        if (!is_inside && (c == ',' || c == '}')) {
            if (to_lower(element) == "null") return true;
            element.clear();
        } else if (is_inside || c != ' ') {
            element += c;
        }
    }
    return false;
}

std::optional<std::vector<Constant>> elements_of(std::string_view text) {
    constexpr std::string_view opening = "ARRAY[";
    if (text.starts_with(opening)) {
        auto const end = text.rfind(']');
        auto const close = text.ends_with("[]") ? text.rfind("]::") : end;
        if (close == std::string_view::npos || !is_cast(text.substr(close + 1))) return {};
        auto const inside = text.substr(opening.size(), close - opening.size());
        if (inside.empty()) return std::vector<Constant>{};
        return written_elements(inside);
    }
    auto const literal = text.starts_with('\'') ? quoted_constant(text) : std::nullopt;
    if (!literal || !literal->text.starts_with('{') || literal->text.starts_with("{{")) return {};
    std::vector<Constant> elements{};
    // A NULL in a list is not the word.
    if (has_null_element(literal->text)) return {};
    for (auto& element : sql::array_elements(literal->text)) {
        elements.push_back({std::move(element), true, false});
    }
    return elements;
}

std::optional<std::string> list_text(std::string_view text, sql::Type const& type,
                                     EnumNames const& enums) {
    auto const elements = elements_of(text);
    if (!elements) return {};
    if (text.starts_with('\'') && !elements->empty() && !has_plain_elements(type)) return {};
    std::vector<std::string> items{};
    for (auto const& element : *elements) {
        auto item = item_text(element, type, enums);
        if (!item) return {};
        items.push_back(std::move(*item));
    }
    return fmt::format("[{}]", fmt::join(items, ", "));
}

bool is_current_time(std::string_view text, sql::Type const& type) {
    constexpr std::array moments{"timestamp", "timestamptz", "date", "time", "timetz"};
    auto const is_moment =
        std::find(moments.begin(), moments.end(), type.name.name) != moments.end();
    return is_moment && !type.is_array && (text == "now()" || text == "CURRENT_TIMESTAMP");
}

std::string database_generated(std::string_view text) {
    return fmt::format("dbgenerated({})", dsl::escape(text));
}

std::optional<std::string> expression_text(std::string const& text, sql::Type const& type,
                                           EnumNames const& enums) {
    if (is_current_time(text, type)) return "now()";
    if (type.is_array) return list_text(text, type, enums);
    auto const constant = constant_of(text);
    return constant ? item_text(*constant, type, enums) : std::nullopt;
}

bool takes_sequence(sql::Type const& type) {
    constexpr std::array types{"int2", "int4", "int8", "oid"};
    return !type.is_array && type.name.schema.empty() &&
           std::find(types.begin(), types.end(), type.name.name) != types.end();
}

}  // namespace

std::optional<std::string> default_text(object::Column const& column, ColumnText const& text,
                                        EnumNames const& enums) {
    if (!column.generation.empty()) return database_generated(column.generation);
    if (!column.default_value) return {};
    return match(
        *column.default_value,
        [&](object::AutoIncrement const&) -> std::optional<std::string> {
            return takes_sequence(column.type) ? std::optional<std::string>{"autoincrement()"}
                                               : std::nullopt;
        },
        [&](sql::Expression const& expression) -> std::optional<std::string> {
            if (expression.text.starts_with("nextval(") && takes_sequence(column.type)) {
                return "autoincrement()";
            }
            auto const said = text.is_supported
                                  ? expression_text(expression.text, column.type, enums)
                                  : std::nullopt;
            return said ? *said : database_generated(expression.text);
        });
}

}  // namespace cm::schema
