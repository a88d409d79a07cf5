// The command line in Prisma's spelling and in ours. Wrong ones are shown in
// tests/cases/cli/errors/usage.txtar.
#include "command/arguments.hpp"

#include <gtest/gtest.h>

namespace cm::command {

namespace {

std::vector<std::string> read(std::vector<char const*> argv) {
    argv.insert(argv.begin(), "cm-migrate");
    return words(static_cast<int>(argv.size()), argv.data());
}

TEST(Words, prismas_commands_become_ours) {
    using Words = std::vector<std::string>;
    EXPECT_EQ(read({}), Words{});
    EXPECT_EQ(read({"dev"}), Words{"dev"});
    EXPECT_EQ(read({"migrate", "dev", "--name", "x"}), (Words{"dev", "--name", "x"}));
    EXPECT_EQ(read({"db", "push"}), Words{"push"});
    EXPECT_EQ(read({"db", "seed", "--", "db", "push"}), (Words{"seed", "--", "db", "push"}));
    EXPECT_EQ(read({"migrate", "nothing"}), (Words{"migrate", "nothing"}));
    EXPECT_EQ(read({"seed", "db"}), (Words{"seed", "db"}));
}

TEST(Words, a_first_word_that_is_no_command_is_refused) {
    EXPECT_NO_THROW(refuse_unknown_command({"dev"}));
    EXPECT_NO_THROW(refuse_unknown_command({"--help"}));
    EXPECT_NO_THROW(refuse_unknown_command({}));
    EXPECT_THROW(refuse_unknown_command({"migrate", "nothing"}), Failure);
    EXPECT_THROW(refuse_unknown_command({"deplyo"}), Failure);
}

}  // namespace

}  // namespace cm::command
