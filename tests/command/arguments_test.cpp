// The command line in Prisma's spelling and in ours. Wrong ones are shown in
// tests/cases/cli/errors/usage.txtar.
#include "command/arguments.hpp"

#include <gtest/gtest.h>

namespace cm::command {

namespace {

std::vector<std::string> read(std::vector<std::string> words) {
    return in_our_spelling(std::move(words));
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

TEST(Words, help_and_version_are_commands_too) {
    using Words = std::vector<std::string>;
    EXPECT_EQ(read({"version"}), Words{"--version"});
    EXPECT_EQ(read({"help"}), Words{"--help"});
    EXPECT_EQ(read({"help", "dev"}), (Words{"dev", "--help"}));
    EXPECT_EQ(read({"help", "migrate", "dev"}), (Words{"dev", "--help"}));
    EXPECT_EQ(read({"--color", "always", "help", "dev"}),
              (Words{"--color", "always", "dev", "--help"}));
    EXPECT_EQ(read({"--color=never", "version"}), (Words{"--color=never", "--version"}));
    EXPECT_EQ(read({"--color=never", "db", "push"}), (Words{"--color=never", "push"}));
    EXPECT_EQ(read({"--color"}), Words{"--color"});
}

TEST(Words, folders_stand_in_front) {
    using Words = std::vector<std::string>;
    using Folders = std::vector<std::filesystem::path>;
    Words words{"-C", "a", "-Cb", "dev", "-C", "c"};
    EXPECT_EQ(take_leading_folders(words), (Folders{"a", "b"}));
    EXPECT_EQ(words, (Words{"dev", "-C", "c"}));
    Words lacking{"-C"};
    EXPECT_THROW(take_leading_folders(lacking), Failure);
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
