#include "sql/array_literal.hpp"

#include <gtest/gtest.h>

namespace cm::sql {
namespace {

using Texts = std::vector<std::string>;

TEST(ArrayLiteral, what_is_written_is_read_again) {
    EXPECT_EQ(array_literal({}), "{}");
    EXPECT_EQ(array_literal({"a", "b\"\\,c"}), R"({"a","b\"\\,c"})");
    Texts const values{"", "a", "{,}", "b\"\\,c", "NULL", "größe"};
    EXPECT_EQ(array_elements(array_literal(values)), values);
    EXPECT_EQ(plain_array_elements(array_literal(values)), values);
}

TEST(ArrayLiteral, elements_without_quotes) {
    EXPECT_EQ(array_elements("{a,b c}"), (Texts{"a", "b c"}));
    EXPECT_EQ(array_elements("{}"), Texts{});
    EXPECT_EQ(array_elements("a,b"), Texts{});
    EXPECT_EQ(array_elements("{a\\,b}"), Texts{"a,b"});
}

TEST(ArrayLiteral, only_lists_of_values_are_plain) {
    EXPECT_EQ(plain_array_elements("{a,Null}"), std::nullopt);
    EXPECT_EQ(plain_array_elements("{{a},{b}}"), std::nullopt);
    EXPECT_EQ(plain_array_elements("a"), std::nullopt);
    EXPECT_EQ(plain_array_elements("{\"null\",\"{\"}"), (Texts{"null", "{"}));
}

}  // namespace
}  // namespace cm::sql
