#include "base/plural.hpp"

#include <gtest/gtest.h>

namespace cm {
namespace {

TEST(Plural, regular_rules) {
    EXPECT_EQ(regular_plural("post"), "posts");
    EXPECT_EQ(regular_plural("category"), "categories");
    EXPECT_EQ(regular_plural("day"), "days");
    EXPECT_EQ(regular_plural("box"), "boxes");
    EXPECT_EQ(regular_plural("dish"), "dishes");
    EXPECT_EQ(regular_plural("batch"), "batches");
    EXPECT_EQ(regular_plural("quiz"), "quizes");
    EXPECT_EQ(regular_plural("address"), "addresses");
    EXPECT_EQ(regular_plural("status"), "statuses");
    EXPECT_EQ(regular_plural("person"), "persons");
    EXPECT_EQ(regular_plural("settings"), "settings");
    EXPECT_EQ(regular_plural("v2"), "v2");
    EXPECT_EQ(regular_plural(""), "");
}

TEST(Plural, one_is_no_plural) {
    EXPECT_EQ(counted(0, "operator class"), "0 operator classes");
    EXPECT_EQ(counted(1, "text search dictionary"), "1 text search dictionary");
    EXPECT_EQ(counted(2, "text search dictionary"), "2 text search dictionaries");
}

}  // namespace
}  // namespace cm
