// Small things about words in messages: edit distance, suggestions, lists.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cm {

/// The number of insertions, deletions, replacements and swaps of neighbours that turn one word
/// into the other.
std::size_t edit_distance(std::string_view first, std::string_view second);

/// The candidate that was most likely meant, if any is near enough; a difference in case alone is
/// always near.
std::optional<std::string> did_you_mean(std::string_view word,
                                        std::vector<std::string_view> const& candidates);

/// "`a`, `b` and `c`"; of many only the first ones: "`a`, `b` and 300 more".
std::string quoted_list(std::vector<std::string_view> const& words, std::string_view last = "and");

/// "an enum", "a model".
std::string with_article(std::string_view word);

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Of ASCII's letters only, whatever the locale is; so the next ones.
constexpr bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

constexpr bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

constexpr char to_lower(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr char to_upper(char c) {
    return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string to_lower(std::string_view text);

/// Nothing but digits, and at least one.
bool is_digits(std::string_view text);

/// Without the white space at both ends.
std::string_view trimmed(std::string_view text, std::string_view white_space = " \t\r\n\f\v");

/// 20000 as "20,000".
std::string grouped(std::int64_t number);

/// Of a text that nobody reads to its end, the beginning and "…".
std::string shortened(std::string text);

/// Each of the special characters twice, as quotes want it.
std::string doubled(std::string_view text, std::string_view special);

/// One that PostgreSQL keeps for itself: `information_schema`, `pg_…`.
bool is_system_schema(std::string_view schema);

}  // namespace cm
