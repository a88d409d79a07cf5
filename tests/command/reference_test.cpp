// docs/reference: the pages that come from tables are what these say, and the table of commands is
// in order.
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "command/arguments.hpp"
#include "command/command.hpp"
#include "places.hpp"
#include "support/golden.hpp"

namespace cm::command {
namespace {

std::filesystem::path page(char const* name) {
    return test::places::source / "docs/reference" / name;
}

TEST(Reference, IsWhatTheTablesSay) {
    EXPECT_TRUE(test::matches_file(page("commands.md"), reference()));
    EXPECT_TRUE(test::matches_file(page("exit-codes.md"), exit_code_reference()));
    EXPECT_TRUE(test::matches_file(page("errors/README.md"), error_reference()));
}

TEST(Commands, AreSortedAndDescribed) {
    auto const all = commands();
    EXPECT_TRUE(
        std::is_sorted(all.begin(), all.end(), [](auto* a, auto* b) { return a->name < b->name; }));
    for (auto const* const command : all) {
        EXPECT_FALSE(command->summary.empty()) << command->name;
        EXPECT_FALSE(command->description.empty()) << command->name;
        EXPECT_FALSE(command->example.empty()) << command->name;
        EXPECT_FALSE(command->json.empty()) << command->name;
        auto const schema = std::string{command->name} + ".schema.json";
        EXPECT_TRUE(std::filesystem::exists(test::places::source / "docs/reference/json" / schema))
            << command->name;
    }
}

}  // namespace
}  // namespace cm::command
