#include "history/execution_unit.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace cm::history {
namespace {

/// `together 1-2, alone 3-3`.
std::string shown(std::vector<ExecutionUnit> const& all) {
    std::string text{};
    for (auto const& unit : all) {
        constexpr std::string_view kinds[] = {"together", "own", "alone", "loose"};
        text += fmt::format("{}{} {}-{}", text.empty() ? "" : ", ",
                            kinds[static_cast<std::size_t>(unit.kind)], unit.begin + 1, unit.end);
    }
    return text;
}

std::string plan(std::string_view text) {
    return shown(execution_units(text, sql::split(text)));
}

TEST(ExecutionUnit, KeepsTogetherWhatCanBeUndoneTogether) {
    EXPECT_EQ(plan(""), "together 1-0");
    EXPECT_EQ(plan("SELECT 1; SELECT 2"), "together 1-2");
    EXPECT_EQ(plan("SELECT 1; SELECT 2; VACUUM; SELECT 3"),
              "together 1-2, alone 3-3, together 4-4");
    EXPECT_EQ(plan("VACUUM; CREATE INDEX CONCURRENTLY i ON t (a)"), "alone 1-1, alone 2-2");
    EXPECT_EQ(plan("-- cm-migrate: no-transaction\nSELECT 1; SELECT 2"),
              "together 1-1, together 2-2");
}

TEST(ExecutionUnit, LeavesAScriptItsOwnTransactions) {
    EXPECT_EQ(plan("BEGIN; SELECT 1; COMMIT"), "own 1-3");
    EXPECT_EQ(plan("SELECT 1; START TRANSACTION; SELECT 1; END; SELECT 2"),
              "together 1-1, own 2-4, together 5-5");
    EXPECT_EQ(plan("BEGIN; SELECT 1; ROLLBACK"), "loose 1-3");
    EXPECT_EQ(plan("BEGIN; SELECT 1; COMMIT AND CHAIN; SELECT 2; COMMIT"), "loose 1-5");
    EXPECT_EQ(plan("BEGIN; SELECT 1; COMMIT AND NO CHAIN; SELECT 2"), "loose 1-3, together 4-4");
    EXPECT_EQ(plan("BEGIN; SELECT 1"), "loose 1-2");
}

TEST(ExecutionUnit, IsCutWhereItMust) {
    std::string_view const text = "SELECT 1; SELECT 2; SELECT 3";
    auto const all = execution_units(text, sql::split(text));
    EXPECT_EQ(shown(isolate_statement(all, 1)), "together 1-1, alone 2-2, together 3-3");
    EXPECT_EQ(shown(isolate_statement(all, 0)), "alone 1-1, together 2-3");
    EXPECT_EQ(shown(split_at(all, 2)), "together 1-2, together 3-3");
    EXPECT_EQ(shown(from(split_at(all, 2), 1)), "together 2-2, together 3-3");
    EXPECT_EQ(shown(from(all, 3)), "");
}

}  // namespace
}  // namespace cm::history
