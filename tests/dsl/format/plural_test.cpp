// Plurals of the fields that the formatter adds; the answers are those of Prisma's engine.
#include "dsl/format/plural.hpp"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace cm::dsl {
namespace {

TEST(Plural, IsTheEnginesForEverySortOfEnding) {
    std::vector<std::pair<std::string, std::string>> const words{
        {"user", "users"},
        {"box", "boxes"},
        {"church", "churches"},
        {"quiz", "quizzes"},
        {"waltz", "waltzs"},
        {"category", "categories"},
        {"day", "days"},
        {"soliloquy", "soliloquies"},
        {"smiley", "smilies"},
        {"honey", "honey"},
        {"kidney", "kidneys"},
        {"y", "ys"},
        {"leaf", "leaves"},
        {"chief", "chiefs"},
        {"knife", "knives"},
        {"safe", "safes"},
        {"hoof", "hooves"},
        {"roof", "roofs"},
        {"analysis", "analyses"},
        {"axis", "axes"},
        {"iris", "irises"},
        {"tennis", "tennis"},
        {"status", "statuses"},
        {"famous", "famous"},
        {"genus", "genus"},
        {"alias", "aliases"},
        {"bias", "bias"},
        {"gas", "gases"},
        {"canvas", "canvas"},
        {"news", "news"},
        {"person", "people"},
        {"people", "people"},
        {"child", "children"},
        {"mouse", "mice"},
        {"house", "houses"},
        {"man", "men"},
        {"human", "humans"},
        {"foot", "feet"},
        {"matrix", "matrices"},
        {"suffix", "suffixes"},
        {"datum", "data"},
        {"data", "data"},
        {"forum", "forums"},
        {"criterion", "criteria"},
        {"dandelion", "dandelions"},
        {"hero", "heroes"},
        {"photo", "photos"},
        {"cactus", "cacti"},
        {"campus", "campuses"},
        {"alga", "algae"},
        {"formula", "formulas"},
        {"cherub", "cherubim"},
        {"chinese", "chinese"},
        {"cheese", "cheeses"},
        {"plateaux", "plateaux"},
        {"equipment", "equipment"},
        {"zoology", "zoology"},
        {"accommodation", "accommodation"},
    };
    for (auto const& [word, expected] : words) EXPECT_EQ(prisma_plural(word), expected);
}

TEST(Plural, SeesCapitalsAsOtherLetters) {
    EXPECT_EQ(prisma_plural("blogChild"), "blogChilds");
    EXPECT_EQ(prisma_plural("blogCategory"), "blogCategories");
    EXPECT_EQ(prisma_plural("a1B"), "a1Bs");
}

}  // namespace
}  // namespace cm::dsl
