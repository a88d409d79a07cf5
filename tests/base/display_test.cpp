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

}  // namespace
}  // namespace cm
