// Names in the database; the truncated ones are what Prisma's engine makes of the same models.
#include "dsl/naming.hpp"

#include <gtest/gtest.h>

namespace cm::dsl {

namespace {

constexpr Naming as_written{};
constexpr Naming snake{NamingStyle::snake_case, false};

TEST(Naming, snake_case_parts_words_and_acronyms) {
    EXPECT_EQ(to_snake_case("id"), "id");
    EXPECT_EQ(to_snake_case("createdByUserId"), "created_by_user_id");
    EXPECT_EQ(to_snake_case("userID"), "user_id");
    EXPECT_EQ(to_snake_case("userIDs"), "user_ids");
    EXPECT_EQ(to_snake_case("HTTPServer"), "http_server");
    EXPECT_EQ(to_snake_case("parseJSONBody"), "parse_json_body");
    EXPECT_EQ(to_snake_case("address1Line"), "address1_line");
    EXPECT_EQ(to_snake_case("already_snake"), "already_snake");
    EXPECT_EQ(to_snake_case("Mixed_Case"), "mixed_case");
    EXPECT_EQ(to_snake_case("größeXL"), "größe_xl");
}

TEST(Naming, styles_of_tables_columns_and_types) {
    EXPECT_EQ(table_name("BlogPost", as_written), "BlogPost");
    EXPECT_EQ(table_name("BlogPost", snake), "blog_posts");
    EXPECT_EQ(table_name("HTTPServer", snake), "http_servers");
    EXPECT_EQ(column_name("authorId", as_written), "authorId");
    EXPECT_EQ(column_name("authorId", snake), "author_id");
    EXPECT_EQ(enum_name("OrderStatus", as_written), "OrderStatus");
    EXPECT_EQ(enum_name("OrderStatus", snake), "order_status");
}

TEST(Naming, join_tables) {
    EXPECT_EQ(join_table_name("", "Post", "Tag", as_written), "_PostToTag");
    EXPECT_EQ(join_table_name("", "Post", "Tag", snake), "_posts_to_tags");
    EXPECT_EQ(join_table_name("PostTags", "Post", "Tag", as_written), "_PostTags");
    EXPECT_EQ(join_table_name("PostTags", "Post", "Tag", snake), "_post_tags");
    std::string const a(40, 'A');
    std::string const b(40, 'B');
    auto const table = join_table_name("", a, b, as_written);
    EXPECT_EQ(table, "_" + a + "To" + std::string(20, 'B'));
    EXPECT_EQ(join_table_primary_key_name(table),
              "_" + a + "To" + std::string(12, 'B') + "_AB_pkey");
    EXPECT_EQ(join_table_index_name(table), "_" + a + "To" + std::string(12, 'B') + "_B_index");
    EXPECT_EQ(join_table_foreign_key_name(table, 'A'),
              "_" + a + "To" + std::string(13, 'B') + "_A_fkey");
}

TEST(Naming, constraints) {
    EXPECT_EQ(primary_key_name("posts"), "posts_pkey");
    EXPECT_EQ(unique_name("posts", {"a", "b"}), "posts_a_b_key");
    EXPECT_EQ(index_name("posts", {"author_id"}), "posts_author_id_idx");
    EXPECT_EQ(foreign_key_name("posts", {"author_id"}), "posts_author_id_fkey");
}

TEST(Naming, long_names_are_cut_before_their_suffix) {
    EXPECT_EQ(primary_key_name(std::string(70, 'A')), std::string(58, 'A') + "_pkey");
    EXPECT_EQ(unique_name(std::string(58, 'A'), {"u"}), std::string(58, 'A') + "__key");
    EXPECT_EQ(foreign_key_name(std::string(57, 'A'), {"i"}), std::string(57, 'A') + "__fkey");
    EXPECT_EQ(
        index_name(std::string(20, 'A'), {std::string(20, 'b'), std::string(20, 'c')}),
        std::string(20, 'A') + "_" + std::string(20, 'b') + "_" + std::string(17, 'c') + "_idx");
}

TEST(Naming, no_character_is_cut_in_two) {
    std::string table = "A";
    std::string column{};
    for (int i = 0; i < 20; ++i) table += "é";
    for (int i = 0; i < 20; ++i) column += "ü";
    EXPECT_EQ(unique_name(table, {column}), table + "_üüüüüüüü_key");
}

}  // namespace

}  // namespace cm::dsl
