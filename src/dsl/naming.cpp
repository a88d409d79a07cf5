// Names in the database. The rules for constraint names are Prisma's, so that both tools find the
// same ones.
#include "dsl/naming.hpp"

#include <fmt/format.h>

#include <array>

#include "base/plural.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace cm::dsl {

namespace {

constexpr std::size_t maximum_length =
    63;  // NAMEDATALEN - 1, see "Identifiers and Key Words" in the manual

std::string with_suffix(std::string_view base, std::string_view suffix) {
    return std::string{utf8::cut(base, maximum_length - suffix.size())}.append(suffix);
}

std::string column_suffixed(std::string_view table, std::vector<std::string> const& columns,
                            std::string_view suffix) {
    std::string base(table);
    for (auto const& column : columns) base.append("_").append(column);
    return with_suffix(base, suffix);
}

/// A word starts at a capital after a small letter or digit, and at the last capital of an acronym
/// before a small letter; the plural `s` of an acronym (`userIDs`) belongs to it.
bool starts_word(std::string_view name, std::size_t i) {
    if (i == 0 || !is_upper(name[i]) || name[i - 1] == '_') return false;
    if (!is_upper(name[i - 1])) return true;
    auto const next = i + 1 < name.size() ? name[i + 1] : '\0';
    auto const is_plural_mark =
        next == 's' && (i + 2 == name.size() || is_upper(name[i + 2]) || name[i + 2] == '_');
    return is_lower(next) && !is_plural_mark;
}

}  // namespace

std::string kept_name(std::string_view name) {
    return std::string{utf8::cut(name, maximum_length)};
}

std::string to_snake_case(std::string_view name) {
    std::string result{};
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (starts_word(name, i)) result += '_';
        result += to_lower(name[i]);
    }
    return result;
}

std::string table_name(std::string_view model, Naming const& naming) {
    if (naming.style == NamingStyle::as_written) return std::string(model);
    return regular_plural(to_snake_case(model));
}

std::string column_name(std::string_view field, Naming const& naming) {
    return naming.style == NamingStyle::as_written ? std::string(field) : to_snake_case(field);
}

std::string enum_name(std::string_view name, Naming const& naming) {
    return column_name(name, naming);
}

std::string join_table_name(std::string_view relation, std::string_view model_a,
                            std::string_view model_b, Naming const& naming) {
    auto const is_as_written = naming.style == NamingStyle::as_written;
    auto const name = [&] {
        if (!relation.empty()) return fmt::format("_{}", column_name(relation, naming));
        auto const* const between = is_as_written ? "To" : "_to_";
        return fmt::format("_{}{}{}", table_name(model_a, naming), between,
                           table_name(model_b, naming));
    }();
    return std::string(utf8::cut(name, maximum_length));
}

std::string primary_key_name(std::string_view table) {
    return with_suffix(table, "_pkey");
}

std::string unique_name(std::string_view table, std::vector<std::string> const& columns) {
    return column_suffixed(table, columns, "_key");
}

std::string index_name(std::string_view table, std::vector<std::string> const& columns) {
    return column_suffixed(table, columns, "_idx");
}

std::string foreign_key_name(std::string_view table, std::vector<std::string> const& columns) {
    return column_suffixed(table, columns, "_fkey");
}

std::string join_table_primary_key_name(std::string_view table) {
    return with_suffix(table, "_AB_pkey");
}

std::string join_table_index_name(std::string_view table) {
    return with_suffix(table, "_B_index");
}

std::string join_table_foreign_key_name(std::string_view table, char column) {
    return with_suffix(table, fmt::format("_{}_fkey", column));
}

}  // namespace cm::dsl
