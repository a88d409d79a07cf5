// Escapes, there and back.
#include "dsl/string_literal.hpp"

#include <gtest/gtest.h>

namespace cm::dsl {

namespace {

std::string read(std::string_view token) {
    Diagnostics diagnostics{};
    auto const text = unescape(token, {}, diagnostics);
    EXPECT_TRUE(diagnostics.empty()) << token;
    return text;
}

TEST(StringLiteral, knows_the_escapes_of_json) {
    EXPECT_EQ(read(R"("a\n\t\r\b\f\"\\\/b")"), "a\n\t\r\b\f\"\\/b");
    EXPECT_EQ(read(R"("\u00e9\u8868")"), "é表");
    EXPECT_EQ(read(R"("\ud83d\ude00")"), "😀");
}

TEST(StringLiteral, reports_the_part_that_is_wrong) {
    Diagnostics diagnostics{};
    EXPECT_EQ(unescape(R"("a\qb\u12")", {FileId{}, 10, 19}, diagnostics), "ab");
    ASSERT_EQ(diagnostics.all().size(), 2U);
    EXPECT_EQ(diagnostics.all()[0].code, "CM0105");
    EXPECT_EQ(diagnostics.all()[0].primary->span, (Span{FileId{}, 12, 14}));
    EXPECT_EQ(diagnostics.all()[1].primary->span, (Span{FileId{}, 15, 19}));
}

TEST(StringLiteral, escaping_can_be_read_back) {
    for (std::string const text : {"", "a\"b\\c", "line\nline\ttab", "é/表", "\x01\x1f"}) {
        EXPECT_EQ(read(escape(text)), text);
    }
}

}  // namespace

}  // namespace cm::dsl
