#include "sql/name.hpp"

#include <gtest/gtest.h>

namespace cm::sql {
namespace {

TEST(Name, QuotesIdentifiers) {
    EXPECT_EQ(quote_identifier("user"), "\"user\"");
    EXPECT_EQ(quote_identifier("a\"b"), "\"a\"\"b\"");
    EXPECT_EQ(quote({"my schema", "t"}), "\"my schema\".\"t\"");
    EXPECT_EQ(quote_list({"a", "b c"}), "\"a\", \"b c\"");
    EXPECT_EQ(quote_list({"a", "b"}, ","), "\"a\",\"b\"");
    EXPECT_EQ(quote_list({}), "");
    EXPECT_EQ(quote({"", "t"}), "\"t\"");
}

TEST(Name, QuotesLiterals) {
    EXPECT_EQ(quote_literal("it's"), "'it''s'");
    EXPECT_EQ(quote_literal("a\\b'"), "'a\\b'''");
    EXPECT_EQ(quote_literal(""), "''");
}

}  // namespace
}  // namespace cm::sql
