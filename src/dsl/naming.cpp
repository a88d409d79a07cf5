// Names in the database. The rules for constraint names are Prisma's, so that both tools find the
// same ones.
#include "dsl/naming.hpp"

#include <fmt/format.h>

#include <array>

#include "base/utf8.hpp"

namespace cm::dsl {

namespace {

constexpr std::size_t maximum_length =
    63;  // NAMEDATALEN - 1, see "Identifiers and Key Words" in the manual

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

char lower(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

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

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings) {
    for (auto const ending : endings) {
        if (word.ends_with(ending)) return true;
    }
    return false;
}

bool is_vowel(char c) {
    return std::string_view("aeiou").find(c) != std::string_view::npos;
}

/// A word in -s counts as a plural (`photos`, `series`) unless it ends like `address`, `status`,
/// `basis`, `alias`.
bool is_plural(std::string_view word) {
    return word.ends_with("s") && !ends_with_any(word, {"ss", "us", "is", "as"});
}

}  // namespace

std::string kept_name(std::string_view name) {
    return std::string{utf8::cut(name, maximum_length)};
}

std::string to_snake_case(std::string_view name) {
    std::string result{};
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (starts_word(name, i)) result += '_';
        result += lower(name[i]);
    }
    return result;
}

std::string pluralize(std::string_view word) {
    std::string const singular(word);
    if (word.empty() || is_digit(word.back()) || is_plural(word)) return singular;
    if (ends_with_any(word, {"s", "x", "z", "ch", "sh"})) return singular + "es";
    auto const is_consonant_y =
        word.size() > 1 && word.ends_with("y") && !is_vowel(word[word.size() - 2]);
    if (is_consonant_y) return singular.substr(0, singular.size() - 1) + "ies";
    return singular + "s";
}

std::string table_name(std::string_view model, Naming const& naming) {
    if (naming.style == NamingStyle::as_written) return std::string(model);
    return pluralize(to_snake_case(model));
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
