#include "schema/pull/names.hpp"

#include <gtest/gtest.h>

namespace cm::schema {

namespace {

constexpr dsl::Naming snake{.style = dsl::NamingStyle::snake_case};

TEST(Names, an_identifier_begins_with_a_letter_and_has_no_marks) {
    EXPECT_EQ(identifier_of("users"), "users");
    EXPECT_EQ(identifier_of("1st-place"), "st_place");
    EXPECT_EQ(identifier_of("_x"), "x");
    EXPECT_EQ(identifier_of("größe"), "gr__e");
    EXPECT_EQ(identifier_of("123"), "");
}

TEST(Names, the_strategy_leads_back_to_the_table) {
    for (auto const* const table : {"posts", "blog_posts", "categories", "boxes", "addresses",
                                    "statuses", "series", "user_ids", "news"}) {
        auto const name = model_name(table, snake);
        EXPECT_EQ(dsl::table_name(name, snake), table) << name;
    }
    EXPECT_EQ(model_name("blog_posts", snake), "BlogPost");
    EXPECT_EQ(model_name("categories", snake), "Category");
    EXPECT_EQ(model_name("user", snake), "User");
}

TEST(Names, the_strategy_leads_back_to_the_column) {
    EXPECT_EQ(field_name("author_id", snake), "authorId");
    EXPECT_EQ(field_name("id", snake), "id");
    EXPECT_EQ(field_name("authorId", snake), "authorId");
    EXPECT_EQ(field_name("odd__name", snake), "odd__name");
}

TEST(Names, a_taken_name_gets_a_number) {
    NameSet names{};
    EXPECT_EQ(names.claim("a"), "a");
    EXPECT_EQ(names.claim("a"), "a_2");
    EXPECT_EQ(names.claim("a"), "a_3");
    EXPECT_TRUE(names.has("a_2"));
}

}  // namespace

}  // namespace cm::schema
