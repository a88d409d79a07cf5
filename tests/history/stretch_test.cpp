#include "history/stretch.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace cm::history {
namespace {

/// `together 1-2, alone 3-3`.
std::string shown(std::vector<Stretch> const& all) {
    std::string text{};
    for (auto const& stretch : all) {
        constexpr std::string_view kinds[] = {"together", "own", "alone", "loose"};
        text += fmt::format("{}{} {}-{}", text.empty() ? "" : ", ",
                            kinds[static_cast<std::size_t>(stretch.kind)], stretch.begin + 1,
                            stretch.end);
    }
    return text;
}

std::string plan(std::string_view text) {
    return shown(stretches(text, sql::split(text)));
}

TEST(Stretch, KeepsTogetherWhatCanBeUndoneTogether) {
    EXPECT_EQ(plan(""), "together 1-0");
    EXPECT_EQ(plan("SELECT 1; SELECT 2"), "together 1-2");
    EXPECT_EQ(plan("SELECT 1; SELECT 2; VACUUM; SELECT 3"),
              "together 1-2, alone 3-3, together 4-4");
    EXPECT_EQ(plan("VACUUM; CREATE INDEX CONCURRENTLY i ON t (a)"), "alone 1-1, alone 2-2");
    EXPECT_EQ(plan("-- cm-migrate: no-transaction\nSELECT 1; SELECT 2"),
              "together 1-1, together 2-2");
}

TEST(Stretch, LeavesAScriptItsOwnTransactions) {
    EXPECT_EQ(plan("BEGIN; SELECT 1; COMMIT"), "own 1-3");
    EXPECT_EQ(plan("SELECT 1; START TRANSACTION; SELECT 1; END; SELECT 2"),
              "together 1-1, own 2-4, together 5-5");
    EXPECT_EQ(plan("BEGIN; SELECT 1; ROLLBACK"), "loose 1-3");
    EXPECT_EQ(plan("BEGIN; SELECT 1; COMMIT AND CHAIN; SELECT 2; COMMIT"), "loose 1-5");
    EXPECT_EQ(plan("BEGIN; SELECT 1; COMMIT AND NO CHAIN; SELECT 2"), "loose 1-3, together 4-4");
    EXPECT_EQ(plan("BEGIN; SELECT 1"), "loose 1-2");
}

TEST(Stretch, IsCutWhereItMust) {
    std::string_view const text = "SELECT 1; SELECT 2; SELECT 3";
    auto const all = stretches(text, sql::split(text));
    EXPECT_EQ(shown(with_alone(all, 1)), "together 1-1, alone 2-2, together 3-3");
    EXPECT_EQ(shown(with_alone(all, 0)), "alone 1-1, together 2-3");
    EXPECT_EQ(shown(with_cut(all, 2)), "together 1-2, together 3-3");
    EXPECT_EQ(shown(from(with_cut(all, 2), 1)), "together 2-2, together 3-3");
    EXPECT_EQ(shown(from(all, 3)), "");
}

}  // namespace
}  // namespace cm::history
