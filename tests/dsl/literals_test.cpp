// What counts as a well-formed literal.
#include "dsl/literals.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cm::dsl {

namespace {

TEST(Literals, integers) {
    for (auto const* text : {"0", "-5", "9223372036854775807"})
        EXPECT_TRUE(is_integer(text)) << text;
    for (auto const* text : {"", "1.5", "a", "1a", "9223372036854775808"})
        EXPECT_FALSE(is_integer(text)) << text;
}

TEST(Literals, decimals) {
    for (auto const* text : {"0", "-1.50", "1e5", "1E-5", ".5", "5."})
        EXPECT_TRUE(is_decimal(text)) << text;
    for (auto const* text : {"", ".", "-", "1e", "NaN", "1.5x"})
        EXPECT_FALSE(is_decimal(text)) << text;
}

TEST(Literals, times) {
    for (auto const* text : {"2020-01-01T00:00:00Z", "2020-01-01T00:00:00.123+02:00"})
        EXPECT_TRUE(is_date_time(text)) << text;
    for (auto const* text : {"", "yesterday", "2020-01-01", "2020-01-01T00:00:00",
                             "2020-13-01T00:00:00Z", "2020-01-01T25:00:00Z"}) {
        EXPECT_FALSE(is_date_time(text)) << text;
    }
}

TEST(Literals, base64) {
    for (auto const* text : {"", "aGVsbG8=", "aGVsbA==", "aGVs"})
        EXPECT_TRUE(is_base64(text)) << text;
    for (auto const* text : {"!!", "a", "aGVsbG8", "a=Vs"}) EXPECT_FALSE(is_base64(text)) << text;
}

TEST(Literals, json) {
    for (auto const* text : {"{}", "[]", " [1, -2.5e3, \"a\\u00e9\\n\", true, null] ", "\"x\"",
                             "{\"a\": {\"b\": []}}"}) {
        EXPECT_TRUE(is_json(text)) << text;
    }
    for (auto const* text :
         {"", "{", "{a: 1}", "[1,]", "01", "\"", "\"\\\"", "\"a\nb\"", "[] []", "nul"}) {
        EXPECT_FALSE(is_json(text)) << text;
    }
    EXPECT_FALSE(is_json(std::string(100000, '[')));
}

}  // namespace

}  // namespace cm::dsl
