#include "base/display.hpp"

#include <gtest/gtest.h>

namespace cm {
namespace {

TEST(Display, CountsColumns) {
    EXPECT_EQ(display("abc").width(), 3U);
    EXPECT_EQ(display("\xE6\xBC\xA2").width(), 2U);
    EXPECT_EQ(display("e\xCC\x81").width(), 1U);
    EXPECT_EQ(display("\xF0\x9F\x98\x80").width(), 2U);
    EXPECT_EQ(display("").width(), 0U);
}

TEST(Display, ExpandsTabsToStops) {
    EXPECT_EQ(display("a\tb").text, "a   b");
    EXPECT_EQ(display("abcd\te").text, "abcd    e");
}

TEST(Display, ReplacesWhatATerminalWouldActUpon) {
    EXPECT_EQ(display("a\x1b[1m").text, "a\xEF\xBF\xBD[1m");
    EXPECT_EQ(display("\xFF\xFE").text, "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(display("\xE2\x80\xAE").text, "\xEF\xBF\xBD");  // right-to-left override
    EXPECT_EQ(display("\xC3").text, "\xEF\xBF\xBD");          // cut off
}

TEST(Display, CutsByColumns) {
    EXPECT_EQ(cut_columns("abcdef", 1, 4), "bcd");
    EXPECT_EQ(cut_columns("a\xE6\xBC\xA2z", 1, 3), "\xE6\xBC\xA2");
    EXPECT_EQ(cut_columns("a\xE6\xBC\xA2z", 2, 4), "z");
}

TEST(Visible, WritesOutWhatATerminalWouldActUpon) {
    EXPECT_EQ(visible("a\tb\nc \xC3\xA4"), "a\tb\nc \xC3\xA4");
    EXPECT_EQ(visible("\x1b[31m\r\x07\x7f"), "\\x1b[31m\\x0d\\x07\\x7f");
    EXPECT_EQ(visible(std::string_view("\0", 1)), "\\x00");
    EXPECT_EQ(visible("\xC2\x9B\x31m \xE2\x80\xAE"), "\\u009b1m \\u202e");
    EXPECT_EQ(visible("\x9B\x31m \xFF"), "\\x9b1m \\xff");
}

}  // namespace
}  // namespace cm
