// Names of migrations: slug and next_name of directory.hpp.
#include <gtest/gtest.h>

#include "base/diagnostic.hpp"
#include "history/directory.hpp"

namespace cm::history {
namespace {

TEST(MigrationName, MakesSlugs) {
    EXPECT_EQ(slug("Add User!"), "add_user");
    EXPECT_EQ(slug("add_user_name"), "add_user_name");
    EXPECT_EQ(slug("addUserName"), "add_user_name");
    EXPECT_EQ(slug("HTMLParser"), "html_parser");
    EXPECT_EQ(slug("user IDs"), "user_ids");
    EXPECT_EQ(slug("  --a  b-- "), "a_b");
    EXPECT_EQ(slug("v2"), "v2");
    EXPECT_EQ(slug("\xC3\x9C"
                   "bung caf\xC3\xA9"),
              "uebung_cafe");
    EXPECT_EQ(slug(""), "");
    EXPECT_EQ(slug("\xE6\xBC\xA2"), "");
    EXPECT_EQ(slug(std::string(250, 'a')), std::string(200, 'a'));
    EXPECT_EQ(slug(".."), "");
}

TEST(MigrationName, RefusesWhatCannotBeAFolder) {
    for (auto const& name : {std::string("a/b"), std::string(300, 'a')}) {
        try {
            slug(name);
            FAIL() << name;
        } catch (Failure const& failed) {
            EXPECT_EQ(failed.diagnostics().front().code, "CM0503");
        }
    }
}

TEST(MigrationName, ComesAfterAllOthers) {
    Directory directory{};
    EXPECT_EQ(next_name(directory, "20251122093000", "a"), "20251122093000_a");
    EXPECT_EQ(next_name(directory, "20251122093000", ""), "20251122093000");
    directory.migrations.push_back({.name = "20251122093000_x"});
    EXPECT_EQ(next_name(directory, "20251122093000", "a"), "20251122093001_a");
    directory.migrations.push_back({.name = "20251231235959_y"});
    EXPECT_EQ(next_name(directory, "20251122093000", "a"), "20260101000000_a");
    directory.without_script = {"20270101000000_z"};
    EXPECT_EQ(next_name(directory, "20251122093000", "a"), "20270101000001_a");
    directory.migrations.push_back({.name = "zzz"});
    EXPECT_EQ(next_name(directory, "20280101000000", "a"), "20280101000000_a");
}

TEST(MigrationName, ComesLastAlsoAtTheEndOfTime) {
    Directory directory{};
    directory.migrations.push_back({.name = "99991231235959_a"});
    EXPECT_EQ(next_name(directory, "20251122093000", "b"), "99991231235959_a_b");
    directory.migrations.push_back({.name = "99991231235959_a_b"});
    EXPECT_EQ(next_name(directory, "20251122093000", "a"), "99991231235959_a_b_a");
    EXPECT_EQ(next_name(directory, "20251122093000", ""), "99991231235959_a_b_20251122093000");
    directory.migrations.push_back({.name = "99999999999999_x"});
    EXPECT_EQ(next_name(directory, "20251122093000", "a"), "99999999999999_x_a");
}

}  // namespace
}  // namespace cm::history
