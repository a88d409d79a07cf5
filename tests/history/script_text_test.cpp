#include "history/script_text.hpp"

#include <gtest/gtest.h>

namespace cm::history {
namespace {

TEST(ScriptText, ChangesLineEndsOnly) {
    EXPECT_EQ(with_line_feeds("a\r\nb\rc\n"), "a\nb\rc\n");
    EXPECT_EQ(with_carriage_returns("a\nb\n"), "a\r\nb\r\n");
    EXPECT_EQ(without_bom("\xEF\xBB\xBFx"), "x");
    EXPECT_EQ(without_bom("x"), "x");
}

}  // namespace
}  // namespace cm::history
