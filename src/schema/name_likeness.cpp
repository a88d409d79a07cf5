// See name_likeness.hpp.
#include "schema/name_likeness.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace cm::schema {
namespace {

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_digit_of_name(char c) {
    return c >= '0' && c <= '9';
}

char lowered(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

/// One word for the plural, too.
std::string singular(std::string word) {
    if (word.size() > 3 && word.ends_with("ies")) return word.replace(word.size() - 3, 3, "y");
    if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
    return word;
}

std::vector<std::string> words_of_name(std::string_view name) {
    std::vector<std::string> words{};
    std::string word{};
    auto const end_word = [&] {
        if (!word.empty()) words.push_back(singular(std::exchange(word, {})));
    };
    for (std::size_t i = 0; i < name.size(); ++i) {
        auto const c = name[i];
        auto const is_letter = is_upper(c) || is_lower(c) || is_digit_of_name(c) || (c & 0x80) != 0;
        if (!is_letter) {
            end_word();
            continue;
        }
        // `userID` is two words, `IDCard` as well.
        auto const begins =
            i > 0 && is_upper(c) &&
            (!is_upper(name[i - 1]) || (i + 1 < name.size() && is_lower(name[i + 1])));
        if (begins) end_word();
        word += lowered(c);
    }
    end_word();
    return words;
}

std::string joined_words(std::vector<std::string> const& words) {
    std::string all{};
    for (auto const& word : words) all += word;
    return all;
}

/// The share of the words that both have (Dice).
double common_words(std::vector<std::string> const& a, std::vector<std::string> const& b) {
    std::multiset<std::string> left(a.begin(), a.end());
    std::size_t common = 0;
    for (auto const& word : b) {
        auto const found = left.find(word);
        if (found == left.end()) continue;
        left.erase(found);
        ++common;
    }
    return 2.0 * static_cast<double>(common) / static_cast<double>(a.size() + b.size());
}

double common_letters(std::string_view a, std::string_view b) {
    auto const longest = static_cast<double>(std::max(a.size(), b.size()));
    return 1.0 - static_cast<double>(edit_distance(a, b)) / longest;
}

/// `name` in `fullname`, `desc` at the beginning of `description`.
double contained(std::string_view a, std::string_view b) {
    auto const& shorter = a.size() < b.size() ? a : b;
    auto const& longer = a.size() < b.size() ? b : a;
    constexpr std::size_t telling = 3;
    if (shorter.size() < telling || longer.find(shorter) == std::string_view::npos) return 0;
    auto const share = static_cast<double>(shorter.size()) / static_cast<double>(longer.size());
    return 0.5 + share / 2;
}

}  // namespace

double name_likeness(std::string_view a, std::string_view b) {
    auto const left = words_of_name(a), right = words_of_name(b);
    if (left.empty() || right.empty()) return a == b ? 1 : 0;
    auto const one = joined_words(left), other = joined_words(right);
    if (one == other) return 1;
    return std::max({common_words(left, right), common_letters(one, other), contained(one, other)});
}

}  // namespace cm::schema
