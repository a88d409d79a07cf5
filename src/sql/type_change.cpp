// The rules of type_change.hpp, each held against servers by tests/relation_effects_test.cpp.
#include "sql/type_change.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace cm::sql {
namespace {

/// Types whose values have the same bytes: pg_cast calls these casts binary-coercible.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> same_bytes{{
    {"varchar", "text"},
    {"text", "varchar"},
    {"cidr", "inet"},
    {"bit", "varbit"},
    {"varbit", "bit"},
    {"int4", "oid"},
    {"oid", "int4"},
    {"xml", "text"},
    {"xml", "varchar"},
    {"citext", "text"},
}};

bool have_same_bytes(std::string_view from, std::string_view to) {
    return std::find(same_bytes.begin(), same_bytes.end(), std::pair{from, to}) != same_bytes.end();
}

/// One operator class serves both.
bool share_operators(std::string_view from, std::string_view to) {
    auto const is_text = [](std::string_view name) { return name == "text" || name == "varchar"; };
    if (from == "xml") return true;  // which cannot be indexed
    auto const is_address = [](std::string_view name) { return name == "inet" || name == "cidr"; };
    return from == to || (is_text(from) && is_text(to)) || (is_address(from) && is_address(to));
}

bool is_moment_with_digits(std::string_view name) {
    constexpr std::array<std::string_view, 5> names{"time", "timetz", "timestamp", "timestamptz",
                                                    "interval"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<int> number(std::vector<std::string> const& modifiers, std::size_t index) {
    if (modifiers.size() <= index) return {};
    auto const& text = modifiers[index];
    int value{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

/// PostgreSQL knows that no value can be too long (the support functions of the casts that cut).
bool is_wide_enough(Type const& from, Type const& to) {
    if (to.modifiers.empty()) return true;
    if (from.name == to.name && from.modifiers == to.modifiers) return true;
    auto const& name = to.name.name;
    // The elements of an array are cut one by one, and a cast from another type says no length.
    if (to.is_array || from.name != to.name) return false;
    auto const old_size = number(from.modifiers, 0);
    auto const new_size = number(to.modifiers, 0);
    if (is_moment_with_digits(name)) {
        return new_size && to.modifiers.size() == 1 &&
               (*new_size == 6 ||
                (old_size && from.modifiers.size() == 1 && *new_size >= *old_size));
    }
    if (!old_size || !new_size || *new_size < *old_size) return false;
    if (name == "numeric") {
        return number(from.modifiers, 1).value_or(0) == number(to.modifiers, 1).value_or(0);
    }
    return name == "varchar" || name == "varbit";
}

}  // namespace

TypeChangeCost type_change_cost(Type const& from, Type const& to, bool is_utc) {
    if (from.is_array != to.is_array) return TypeChangeCost::rewrites_table;
    if (from == to) return TypeChangeCost::catalog;
    auto const& old_name = from.name.name;
    auto const& new_name = to.name.name;
    auto const is_moment_at_utc = is_utc && to.modifiers.empty() &&
                                  ((old_name == "timestamp" && new_name == "timestamptz") ||
                                   (old_name == "timestamptz" && new_name == "timestamp"));
    // The elements of an array are converted one by one.
    auto const keeps_bytes =
        from.name == to.name ||
        (!to.is_array && (have_same_bytes(old_name, new_name) || is_moment_at_utc));
    if (!keeps_bytes || !is_wide_enough(from, to)) return TypeChangeCost::rewrites_table;
    return share_operators(old_name, new_name) ? TypeChangeCost::catalog
                                               : TypeChangeCost::rebuilds_indexes;
}

bool is_rewritten(Type const& from, Type const& to, bool is_utc) {
    return type_change_cost(from, to, is_utc) == TypeChangeCost::rewrites_table;
}

}  // namespace cm::sql
