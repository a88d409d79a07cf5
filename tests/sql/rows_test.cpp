#include "sql/rows.hpp"

#include <gtest/gtest.h>

namespace cm::sql {
namespace {

TEST(Rows, ReadsFieldsByName) {
    Rows const rows{{"a", "b"}, {{"t", std::nullopt}, {"-12", "x"}}};
    EXPECT_TRUE(rows[0].boolean("a"));
    EXPECT_TRUE(rows[0].is_null("b"));
    EXPECT_EQ(rows[0].text("b"), "");
    EXPECT_EQ(rows[0].optional_text("b"), std::nullopt);
    EXPECT_EQ(rows[0].integer("b"), 0);
    EXPECT_EQ(rows[1].integer("a"), -12);
    EXPECT_THROW(rows[1].integer("b"), std::logic_error);
    EXPECT_THROW(rows[0].text("c"), std::logic_error);
}

TEST(Rows, ReadsArrays) {
    using Texts = std::vector<std::string>;
    auto const array = [](std::string text) {
        Rows const rows{{"a"}, {{std::move(text)}}};
        return rows[0].text_array("a");
    };
    EXPECT_EQ(array("{}"), Texts{});
    EXPECT_EQ(array("{a,b}"), (Texts{"a", "b"}));
    EXPECT_EQ(array("{a,\"b c\",NULL}"), (Texts{"a", "b c", ""}));
    EXPECT_EQ(array("{\"NULL\",\"a\\\"b\\\\\",\"}\"}"), (Texts{"NULL", "a\"b\\", "}"}));
    EXPECT_EQ(array("{\"\"}"), (Texts{""}));
}

}  // namespace
}  // namespace cm::sql
