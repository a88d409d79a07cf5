// Colors, as --color, NO_COLOR, CLICOLOR_FORCE and TERM have it.
#include "command/terminal.hpp"

#include <gtest/gtest.h>

namespace cm::command {
namespace {

TEST(Colors, are_for_terminals) {
    EXPECT_TRUE(has_colors(ColorChoice::automatic, {}, true));
    EXPECT_FALSE(has_colors(ColorChoice::automatic, {}, false));
}

TEST(Colors, the_environment_may_forbid_or_force_them) {
    EXPECT_FALSE(has_colors(ColorChoice::automatic, {.no_color = true}, true));
    EXPECT_TRUE(has_colors(ColorChoice::automatic, {.force_color = true}, false));
    EXPECT_FALSE(has_colors(ColorChoice::automatic, {.no_color = true, .force_color = true}, true));
    EXPECT_FALSE(has_colors(ColorChoice::automatic, {.is_dumb = true}, true));
}

TEST(Colors, the_command_line_wins) {
    EXPECT_TRUE(has_colors(ColorChoice::always, {.no_color = true, .is_dumb = true}, false));
    EXPECT_FALSE(has_colors(ColorChoice::never, {.force_color = true}, true));
}

}  // namespace
}  // namespace cm::command
