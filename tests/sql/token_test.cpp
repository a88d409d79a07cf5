#include "sql/token.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cm::sql {
namespace {

/// The first token's text.
std::string first(std::string_view script) {
    auto const token = next_significant_token(script, 0);
    return std::string(script.substr(token.begin, token.end - token.begin));
}

TEST(Token, SkipsBlanksAndComments) {
    EXPECT_EQ(first(" \t\r\n-- a;\n/* b /* c */ ; */ x y"), "x");
    EXPECT_EQ(next_significant_token("-- only", 0).kind, TokenKind::end);
    EXPECT_EQ(next_significant_token("/* open", 0).kind, TokenKind::end);
    EXPECT_EQ(first("-"), "-");
}

TEST(Token, FindsTheEndOfStrings) {
    EXPECT_EQ(first("'it''s' x"), "'it''s'");
    EXPECT_EQ(first("'a\\' x"), "'a\\'");
    EXPECT_EQ(first("E'a\\' x' y"), "E'a\\' x'");
    EXPECT_EQ(first("U&'\\0041' x"), "U&'\\0041'");
    EXPECT_EQ(first("\"a\"\"b;\" x"), "\"a\"\"b;\"");
    EXPECT_EQ(first("'open"), "'open");
    EXPECT_EQ(first("E'open\\"), "E'open\\");
}

TEST(Token, FindsTheEndOfDollarQuotes) {
    EXPECT_EQ(first("$$ a; $b$ $$ x"), "$$ a; $b$ $$");
    EXPECT_EQ(first("$tag$ $$ $tag$ x"), "$tag$ $$ $tag$");
    EXPECT_EQ(first("$1 x"), "$1");
    EXPECT_EQ(next_significant_token("$1", 0).kind, TokenKind::parameter);
    EXPECT_EQ(first("a$b$c x"), "a$b$c");  // a dollar belongs to the word
    EXPECT_EQ(first("$open$ x"), "$open$ x");
}

TEST(Token, ComparesWordsWithoutCase) {
    EXPECT_TRUE(is_word("Create x", next_token("Create x", 0), "CREATE"));
    EXPECT_FALSE(is_word("created", next_token("created", 0), "CREATE"));
    EXPECT_FALSE(is_word("\"create\"", next_token("\"create\"", 0), "CREATE"));
}

}  // namespace
}  // namespace cm::sql
