// See names.hpp.
#include "schema/pull/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/utf8.hpp"

namespace cm::schema {
namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// `blog_post` → `BlogPost`.
std::string joined_words(std::string_view name) {
    std::string result{};
    auto starts_word = true;
    for (auto const c : identifier_of(name)) {
        if (c == '_') {
            starts_word = true;
            continue;
        }
        result += starts_word && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        starts_word = false;
    }
    return result;
}

/// What a plural may be the plural of, the likeliest first; the word itself comes last.
std::vector<std::string> singulars(std::string const& word) {
    std::vector<std::string> all{};
    auto const add = [&](std::string_view ending, std::string_view replacement) {
        if (word.size() > ending.size() + 1 && word.ends_with(ending)) {
            all.push_back(word.substr(0, word.size() - ending.size()) + std::string{replacement});
        }
    };
    add("ies", "y");
    add("s", "");
    add("es", "");
    all.push_back(word);
    return all;
}

}  // namespace

std::string identifier_of(std::string_view name) {
    auto const begin = std::find_if(name.begin(), name.end(), is_letter);
    std::string result{};
    for (auto at = begin; at != name.end(); ++at) {
        if (is_letter(*at) || is_digit(*at) || *at == '_') {
            result += *at;
        } else if (!utf8::continues_character(*at)) {
            result += '_';
        }
    }
    return result;
}

std::string model_name(std::string_view table, dsl::Naming const& naming) {
    if (naming.style == dsl::NamingStyle::as_written) return identifier_of(table);
    for (auto const& candidate : singulars(joined_words(table))) {
        if (dsl::table_name(candidate, naming) == table) return candidate;
    }
    return joined_words(table);
}

std::string field_name(std::string_view column, dsl::Naming const& naming) {
    if (naming.style == dsl::NamingStyle::as_written) return identifier_of(column);
    auto const candidate = lower_first(joined_words(column));
    return dsl::column_name(candidate, naming) == column ? candidate : identifier_of(column);
}

std::string enum_block_name(std::string_view type, dsl::Naming const& naming) {
    if (naming.style == dsl::NamingStyle::as_written) return identifier_of(type);
    return joined_words(type);
}

std::string lower_first(std::string text) {
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') {
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    }
    return text;
}

std::string upper_first(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    }
    return text;
}

std::string NameSet::claim(std::string const& name) {
    auto result = name;
    for (auto number = 2; !taken_.insert(result).second; ++number) {
        result = fmt::format("{}_{}", name, number);
    }
    return result;
}

}  // namespace cm::schema
