#include "history/step_record.hpp"

#include <gtest/gtest.h>

namespace cm::history {
namespace {

TEST(StepRecord, IsReadAsItWasWritten) {
    for (bool const in_flight : {false, true}) {
        StepRecord const record{.done = 2, .total = 5, .in_flight = in_flight, .digest = "0123abc"};
        EXPECT_EQ(parse_step_record(to_text(record)), record);
        EXPECT_EQ(parse_step_record(to_text(record) + "\nERROR: no"), record);
        EXPECT_EQ(without_step_record(to_text(record) + "\nERROR: no\nmore"), "ERROR: no\nmore");
        EXPECT_EQ(without_step_record(to_text(record)), "");
    }
}

TEST(StepRecord, IsNotSeenInOtherWords) {
    for (std::string_view const logs :
         {"", "ERROR: x (42P01)", "cm-migrate: ", "cm-migrate: x of 2", "cm-migrate: 1 of 2"}) {
        EXPECT_FALSE(parse_step_record(logs)) << logs;
        EXPECT_EQ(without_step_record(logs), logs);
    }
}

TEST(StepRecord, DigestKnowsEditsFromLineEnds) {
    auto const digest = [](std::string_view text, std::size_t done) {
        return digest_of(text, sql::split(text), done);
    };
    EXPECT_EQ(digest("SELECT\n1; -- a\nSELECT 2", 1),
              digest("-- b\r\nSELECT\r\n1;\r\nSELECT 3", 1));
    EXPECT_NE(digest("SELECT 1; SELECT 2", 2), digest("SELECT 1; SELECT 3", 2));
    EXPECT_NE(digest("SELECT 1; SELECT 2", 1), digest("SELECT 1; SELECT 2", 2));
}

TEST(StepRecord, KnowsAStatementByItsFirstWords) {
    std::string_view const text = "SELECT 1;\nCREATE  TABLE /* so\nfar */ a\n(b int)";
    EXPECT_EQ(first_words(text, sql::split(text), 1), "CREATE TABLE a (b int)");
    auto const longer = "SELECT '" + std::string(200, 'x') + "'";
    EXPECT_LT(first_words(longer, sql::split(longer), 0).size(), 80U);
}

}  // namespace
}  // namespace cm::history
