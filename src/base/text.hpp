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

/// ASCII letters in lower case, everything else as it is.
std::string to_lower(std::string_view text);

/// 20000 as "20,000".
std::string grouped(std::int64_t number);

/// Of a text that nobody reads to its end, the beginning and "…".
std::string shortened(std::string text);

/// One that PostgreSQL keeps for itself: `information_schema`, `pg_…`.
bool is_system_schema(std::string_view schema);

}  // namespace cm
