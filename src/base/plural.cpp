// Few rules, so that what a name becomes can be foretold.
#include "base/plural.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace cm {
namespace {

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

std::string regular_plural(std::string_view word) {
    std::string const singular(word);
    if (word.empty() || is_digit(word.back()) || is_plural(word)) return singular;
    if (ends_with_any(word, {"s", "x", "z", "ch", "sh"})) return singular + "es";
    auto const is_consonant_y =
        word.size() > 1 && word.ends_with("y") && !is_vowel(word[word.size() - 2]);
    if (is_consonant_y) return singular.substr(0, singular.size() - 1) + "ies";
    return singular + "s";
}

std::string noun_for(std::uint64_t count, std::string_view noun) {
    return count == 1 ? std::string(noun) : regular_plural(noun);
}

std::string counted(std::uint64_t count, std::string_view noun) {
    return fmt::format("{} {}", count, noun_for(count, noun));
}

}  // namespace cm
