// docs/commands.md is what the table of commands says, and the table is in order.
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "command/arguments.hpp"
#include "command/command.hpp"
#include "places.hpp"
#include "support/golden.hpp"

namespace cm::command {
namespace {

TEST(Reference, IsWhatTheTableSays) {
    EXPECT_TRUE(test::matches_file(test::places::source / "docs/commands.md", reference()));
}

TEST(Commands, AreSortedAndDescribed) {
    auto const all = commands();
    EXPECT_TRUE(
        std::is_sorted(all.begin(), all.end(), [](auto* a, auto* b) { return a->name < b->name; }));
    for (auto const* const command : all) {
        EXPECT_FALSE(command->summary.empty()) << command->name;
        EXPECT_FALSE(command->description.empty()) << command->name;
        EXPECT_FALSE(command->example.empty()) << command->name;
    }
}

}  // namespace
}  // namespace cm::command
