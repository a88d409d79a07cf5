// Edit distance (optimal string alignment) and what is built on it.
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"

namespace cm {

std::size_t edit_distance(std::string_view first, std::string_view second) {
    std::vector<std::size_t> before(second.size() + 1);
    std::vector<std::size_t> above(second.size() + 1);
    std::vector<std::size_t> row(second.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= first.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= second.size(); ++j) {
            auto const change = first[i - 1] == second[j - 1] ? 0U : 1U;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
            auto const swapped =
                i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return above.back();
}

std::optional<std::string> did_you_mean(std::string_view word,
                                        std::vector<std::string_view> const& candidates) {
    // What nobody has typed, and among more than anybody has: the search is costly.
    constexpr std::size_t longest = 200;
    constexpr std::size_t most = 20'000;
    if (word.size() > longest || candidates.size() > most) return std::nullopt;
    // A third of the word may be wrong; more is no longer a slip of the finger.
    auto best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
    std::optional<std::string> best{};
    auto const lower_word = to_lower(word);
    for (auto const candidate : candidates) {
        if (candidate.size() > word.size() + best_distance) continue;
        if (word.size() > candidate.size() + best_distance) continue;
        auto const lower = to_lower(candidate);
        auto const distance =
            lower == lower_word ? 0 : std::max<std::size_t>(1, edit_distance(lower_word, lower));
        if (distance >= best_distance || distance >= candidate.size()) continue;
        best_distance = distance;
        best = std::string(candidate);
    }
    return best;
}

std::string quoted_list(std::vector<std::string_view> const& words, std::string_view last) {
    constexpr std::size_t many = 40;
    std::string text{};
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i == many && words.size() > many + 1)
            return fmt::format("{} {} {} more", text, last, words.size() - many);
        if (i > 0) text += i + 1 == words.size() ? fmt::format(" {} ", last) : ", ";
        text += fmt::format("`{}`", words[i]);
    }
    return text;
}

std::string with_article(std::string_view word) {
    auto const is_vowel = !word.empty() && std::string_view("aeiouAEIOU").find(word.front()) !=
                                               std::string_view::npos;
    return fmt::format("{} {}", is_vowel ? "an" : "a", word);
}

std::string to_lower(std::string_view text) {
    std::string lower(text);
    for (auto& c : lower) c = to_lower(c);
    return lower;
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::string_view trimmed(std::string_view text, std::string_view white_space) {
    auto const begin = text.find_first_not_of(white_space);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(white_space) + 1 - begin);
}

std::string grouped(std::int64_t number) {
    auto digits = std::to_string(number);
    for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return digits;
}

std::string shortened(std::string text) {
    constexpr std::size_t longest = 2000;
    if (text.size() <= longest) return text;
    text.resize(utf8::cut(text, longest).size());
    return text + "…";
}

std::string doubled(std::string_view text, std::string_view special) {
    auto const stands_there = [&](char c) { return text.find(c) != std::string_view::npos; };
    if (std::none_of(special.begin(), special.end(), stands_there)) return std::string{text};
    std::string result{};
    result.reserve(text.size() + 2);
    for (auto const c : text) {
        if (special.find(c) != std::string_view::npos) {
            result += c;
        }
        result += c;
    }
    return result;
}

bool is_system_schema(std::string_view schema) {
    return schema == "information_schema" || schema.starts_with("pg_");
}

}  // namespace cm
