// Suggestions must come for slips of the finger and keep silent otherwise.
#include "base/text.hpp"

#include <gtest/gtest.h>

namespace cm {

namespace {

TEST(EditDistance, counts_insertions_deletions_replacements_and_swaps) {
    EXPECT_EQ(edit_distance("", ""), 0U);
    EXPECT_EQ(edit_distance("", "abc"), 3U);
    EXPECT_EQ(edit_distance("abc", ""), 3U);
    EXPECT_EQ(edit_distance("model", "modle"), 1U);
    EXPECT_EQ(edit_distance("uniqe", "unique"), 1U);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(DidYouMean, finds_the_nearest_candidate) {
    EXPECT_EQ(did_you_mean("uniqe", {"@id", "unique", "uniques"}), "unique");
    EXPECT_EQ(did_you_mean("datetime", {"Date", "DateTime"}), "DateTime");
    EXPECT_EQ(did_you_mean("Usr", {"User", "Post"}), "User");
}

TEST(DidYouMean, keeps_silent_when_nothing_is_near) {
    EXPECT_EQ(did_you_mean("Emotion", {"Text", "VarChar"}), std::nullopt);
    EXPECT_EQ(did_you_mean("x", {"y", "id"}), std::nullopt);
    EXPECT_EQ(did_you_mean("", {"a"}), std::nullopt);
    EXPECT_EQ(did_you_mean("a", {}), std::nullopt);
}

TEST(QuotedList, joins_words_as_people_do) {
    EXPECT_EQ(quoted_list({}), "");
    EXPECT_EQ(quoted_list({"a"}), "`a`");
    EXPECT_EQ(quoted_list({"a", "b"}), "`a` and `b`");
    EXPECT_EQ(quoted_list({"a", "b", "c"}, "or"), "`a`, `b` or `c`");
}

TEST(QuotedList, counts_what_nobody_reads) {
    auto const text = quoted_list(std::vector<std::string_view>(50, "a"));
    EXPECT_TRUE(text.starts_with("`a`, `a`, "));
    EXPECT_TRUE(text.ends_with("`a` and 10 more"));
}

TEST(Grouped, parts_thousands) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1000), "1,000");
    EXPECT_EQ(grouped(1234567), "1,234,567");
}

TEST(Shortened, keeps_the_beginning_and_whole_characters) {
    EXPECT_EQ(shortened("short"), "short");
    EXPECT_EQ(shortened(std::string(3000, 'x')), std::string(2000, 'x') + "…");
    EXPECT_EQ(shortened("x" + std::string(1998, 'x') + "é and more"), std::string(1999, 'x') + "…");
}

}  // namespace

TEST(WithArticle, follows_the_sound) {
    EXPECT_EQ(with_article("enum"), "an enum");
    EXPECT_EQ(with_article("model"), "a model");
    EXPECT_EQ(with_article(""), "a ");
}

}  // namespace cm
