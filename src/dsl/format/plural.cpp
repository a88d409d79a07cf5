// See plural.hpp.
#include "dsl/format/plural.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace cm::dsl {

namespace {

/// Words that are their own plural; sorted.
constexpr std::array uncountable = std::to_array<std::string_view>({
    "accommodation", "adulthood",   "advertising",   "advice",
    "aggression",    "aid",         "air",           "aircraft",
    "alcohol",       "anger",       "applause",      "arithmetic",
    "assistance",    "bacon",       "baggage",       "beef",
    "biology",       "blood",       "botany",        "bread",
    "butter",        "carbon",      "cardboard",     "cash",
    "chalk",         "chess",       "countryside",   "dancing",
    "deer",          "dignity",     "dirt",          "dust",
    "education",     "electricity", "engineering",   "enjoyment",
    "envy",          "equipment",   "evidence",      "evolution",
    "fame",          "fiction",     "flour",         "flu",
    "food",          "fuel",        "fun",           "furniture",
    "garbage",       "garlic",      "gold",          "golf",
    "gossip",        "grammar",     "gratitude",     "grief",
    "guilt",         "happiness",   "hardware",      "harm",
    "hate",          "hatred",      "health",        "heat",
    "help",          "homework",    "honesty",       "honey",
    "hospitality",   "housework",   "humour",        "hunger",
    "hydrogen",      "ice",         "importance",    "inflation",
    "information",   "innocence",   "iron",          "irony",
    "jam",           "jewelry",     "judo",          "karate",
    "knowledge",     "lack",        "laughter",      "lava",
    "leather",       "leisure",     "lightning",     "linguine",
    "linguini",      "literature",  "litter",        "livestock",
    "logic",         "loneliness",  "luck",          "luggage",
    "macaroni",      "machinery",   "magic",         "management",
    "mankind",       "marble",      "mayonnaise",    "methane",
    "milk",          "money",       "mud",           "music",
    "nature",        "nitrogen",    "nonsense",      "nurture",
    "nutrition",     "obedience",   "obesity",       "oxygen",
    "pasta",         "patience",    "poetry",        "pollution",
    "poverty",       "pride",       "psychology",    "publicity",
    "punctuation",   "quartz",      "racism",        "relaxation",
    "reliability",   "research",    "respect",       "revenge",
    "rice",          "rubbish",     "rum",           "safety",
    "scenery",       "seafood",     "seaside",       "shame",
    "sheep",         "shopping",    "sleep",         "smoke",
    "smoking",       "snow",        "soap",          "software",
    "soil",          "spaghetti",   "steam",         "stuff",
    "stupidity",     "sunshine",    "symmetry",      "thirst",
    "thunder",       "timber",      "traffic",       "transportation",
    "trust",         "underwear",   "unemployment",  "unity",
    "validity",      "veal",        "vegetarianism", "vegetation",
    "vengeance",     "violence",    "vitality",      "warmth",
    "wealth",        "weather",     "welfare",       "wheat",
    "wildlife",      "wisdom",      "yoga",          "zinc",
    "zoology",
});

struct Irregular {
    std::string_view singular{};
    std::string_view plural{};
};

constexpr std::array<Irregular, 9> irregular{{{"die", "dice"},
                                              {"foot", "feet"},
                                              {"goose", "geese"},
                                              {"man", "men"},
                                              {"ox", "oxen"},
                                              {"quiz", "quizzes"},
                                              {"tooth", "teeth"},
                                              {"woman", "women"},
                                              {"yes", "yeses"}}};

/// What ends in a stem and then an ending gets `plural` for that ending. `|` stands between
/// alternatives; `[ab]` is one of these characters, `[^ab]` any other.
struct Rule {
    std::string_view stems{};
    std::string_view endings{};
    std::string_view plural{};
};

/// The first that fits counts.
constexpr std::array<Rule, 22> rules{{
    {"eaux", "", ""},
    {"child", "|ren", "ren"},
    {"pe", "rson|ople", "ople"},
    {"m|l", "ouse|ice", "ice"},
    {"matr|cod|mur|sil|vert|ind|append", "ix|ex", "ices"},
    {"x|ch|ss|sh|zz", "", "es"},
    {"[^ch][ieo][ln]", "ey", "ies"},
    {"[^aeiou]|qu", "y", "ies"},
    {"kni|wi|li", "fe", "ves"},
    {"ar|l|ea|eo|oa|hoo", "f", "ves"},
    {"", "sis", "ses"},
    {"apheli|hyperbat|periheli|asyndet|noumen|phenomen|criteri|organ|prolegomen|hedr|automat",
     "on|a", "a"},
    {"agend|addend|millenni|dat|extrem|bacteri|desiderat|strat|candelabr|errat|ov|symposi|curricul|"
     "automat|quor",
     "um|a", "a"},
    {"her|at|gr", "o", "oes"},
    {"seraph|cherub", "|im", "im"},
    {"alumn|alg|vertebr", "a|ae", "ae"},
    {"alumn|syllab|octop|vir|radi|nucle|fung|cact|stimul|termin|bacill|foc|uter|loc|strat", "us|i",
     "i"},
    {"[iu]am|[^aeiou]ese|e[mn]us", "", ""},
    {"alias|[^aou]us|tlas|gas|ris", "", "es"},
    {"ax|test", "is", "es"},
    {"s", "", ""},
    {"", "", "s"},
}};

/// Calls `use` with each alternative until one gives a result.
template <class Use>
auto first_of(std::string_view alternatives, Use use) -> decltype(use(alternatives)) {
    while (true) {
        auto const bar = alternatives.find('|');
        if (auto result = use(alternatives.substr(0, bar))) return result;
        if (bar == std::string_view::npos) return {};
        alternatives.remove_prefix(bar + 1);
    }
}

/// `pattern` without its last element, if that fits the character.
std::optional<std::string_view> without_last(std::string_view pattern, char c) {
    if (!pattern.ends_with(']')) {
        if (pattern.back() != c) return std::nullopt;
        return pattern.substr(0, pattern.size() - 1);
    }
    auto const open = pattern.rfind('[');
    auto const characters = pattern.substr(open + 1, pattern.size() - open - 2);
    auto const is_inverted = characters.starts_with('^');
    auto const is_listed = characters.find(c, is_inverted ? 1 : 0) != std::string_view::npos;
    return is_listed == is_inverted ? std::nullopt : std::optional(pattern.substr(0, open));
}

bool ends_with(std::string_view word, std::string_view pattern) {
    while (!pattern.empty()) {
        auto const shorter = word.empty() ? std::nullopt : without_last(pattern, word.back());
        if (!shorter) return false;
        pattern = *shorter;
        word.remove_suffix(1);
    }
    return true;
}

std::optional<std::string> applied(Rule const& rule, std::string_view word) {
    return first_of(rule.endings, [&](std::string_view ending) -> std::optional<std::string> {
        if (!word.ends_with(ending)) return std::nullopt;
        auto const stem = word.substr(0, word.size() - ending.size());
        auto const fits = first_of(
            rule.stems, [&](std::string_view pattern) { return ends_with(stem, pattern); });
        return fits ? std::optional(fmt::format("{}{}", stem, rule.plural)) : std::nullopt;
    });
}

}  // namespace

std::string prisma_plural(std::string_view word) {
    if (std::binary_search(uncountable.begin(), uncountable.end(), word)) return std::string(word);
    for (auto const& one : irregular) {
        if (one.singular == word) return std::string(one.plural);
    }
    for (auto const& rule : rules) {
        if (auto const result = applied(rule, word)) return *result;
    }
    return std::string(word);
}

}  // namespace cm::dsl
