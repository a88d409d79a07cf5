#include "history/compare.hpp"

#include <gtest/gtest.h>

#include "base/sha256.hpp"

namespace cm::history {
namespace {

using Names = std::vector<std::string>;

Migration migration(std::string name, std::string script) {
    auto checksum = sha256(script);
    return {std::move(name), {}, std::move(script), std::move(checksum)};
}

enum class Row { applied, failed, rolled_back, unfinished_rolled_back };

MigrationRecord entry(std::string name, std::string_view script, Row row) {
    MigrationRecord result{.checksum = sha256(script), .migration_name = std::move(name)};
    if (row == Row::applied || row == Row::rolled_back) {
        result.is_finished = true;
    }
    if (row == Row::rolled_back || row == Row::unfinished_rolled_back) {
        result.is_rolled_back = true;
    }
    return result;
}

TEST(Compare, SortsMigrationsByTheirState) {
    Directory const directory{.migrations = {migration("1", "a"), migration("2", "b"),
                                             migration("3", "c"), migration("4", "d"),
                                             migration("5", "e")}};
    auto const result =
        compare(directory, {entry("1", "a", Row::applied), entry("3", "changed", Row::applied),
                            entry("4", "d", Row::failed), entry("0", "x", Row::applied),
                            entry("00", "x", Row::unfinished_rolled_back)});
    EXPECT_EQ(result, (Comparison{.applied = {"1", "3"},
                                  .pending = {"2", "5"},
                                  .failed = {"4"},
                                  .edited = {"3"},
                                  .missing = {"0"},
                                  .out_of_order = {"2"}}));
}

TEST(Compare, KnowsARecordOfAnotherFolder) {
    Directory const directory{.migrations = {migration("1", "a")}};
    auto const is_of_another = [&](std::vector<MigrationRecord> const& entries) {
        return compare(directory, entries).is_of_another_folder;
    };
    EXPECT_TRUE(is_of_another({entry("0", "x", Row::applied)}));
    EXPECT_TRUE(is_of_another({entry("0", "x", Row::failed)}));
    EXPECT_TRUE(is_of_another({entry("0", "x", Row::rolled_back), entry("9", "x", Row::applied)}));
    EXPECT_FALSE(is_of_another({}));
    EXPECT_FALSE(is_of_another({entry("0", "x", Row::applied), entry("1", "a", Row::applied)}));
    EXPECT_FALSE(is_of_another({entry("0", "x", Row::applied), entry("1", "a", Row::failed)}));
    EXPECT_FALSE(is_of_another({entry("0", "x", Row::applied), entry("1", "a", Row::rolled_back)}));
    EXPECT_FALSE(is_of_another({entry("0", "x", Row::rolled_back)})) << "nothing of it stays";
}

TEST(Compare, TakesTheRowsOfAMigrationTogether) {
    Directory const directory{.migrations = {migration("1", "a")}};
    auto const after = [&](std::vector<Row> const& rows) {
        std::vector<MigrationRecord> entries{};
        for (auto const row : rows) {
            entries.push_back(entry("1", "a", row));
        }
        return compare(directory, entries);
    };
    Comparison const pending{.pending = {"1"}};
    Comparison const applied{.applied = {"1"}};
    Comparison const failed{.failed = {"1"}};
    EXPECT_EQ(after({Row::unfinished_rolled_back}), pending);
    EXPECT_EQ(after({Row::rolled_back}), pending);
    EXPECT_EQ(after({Row::unfinished_rolled_back, Row::applied}), applied);
    EXPECT_EQ(after({Row::unfinished_rolled_back, Row::failed}), failed);
    EXPECT_EQ(after({Row::failed, Row::applied}), applied);
}

TEST(Compare, OverlooksLineEndsAndByteOrderMarks) {
    for (std::string const now : {"a\nb\n", "a\r\nb\r\n",
                                  "\xEF\xBB\xBF"
                                  "a\nb\n",
                                  "\xEF\xBB\xBF"
                                  "a\r\nb\r\n"}) {
        for (std::string const then : {"a\nb\n", "a\r\nb\r\n",
                                       "\xEF\xBB\xBF"
                                       "a\nb\n"}) {
            Directory const directory{.migrations = {migration("1", now)}};
            EXPECT_TRUE(compare(directory, {entry("1", then, Row::applied)}).edited.empty());
        }
    }
    Directory const directory{.migrations = {migration("1", "a\nb")}};
    EXPECT_EQ(compare(directory, {entry("1", "a\nb\n", Row::applied)}).edited, Names{"1"});
}

}  // namespace
}  // namespace cm::history
