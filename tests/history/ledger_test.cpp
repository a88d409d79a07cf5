#include "history/ledger.hpp"

#include <gtest/gtest.h>

#include "support/database.hpp"

namespace cm::history {
namespace {

TEST(LedgerTable, HoldsWhatIsRecorded) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(*test::server_url());
    pg::Connection connection(pg::parse_url(database.url()));
    Ledger const ledger{{"public", "odd \"ledger\""}};
    EXPECT_FALSE(exists(ledger, connection));
    EXPECT_TRUE(read(ledger, connection).empty());
    connection.execute(create_table_statement(ledger) + "; " + create_table_statement(ledger));
    EXPECT_TRUE(exists(ledger, connection));

    auto const id = record_start(ledger, connection, "a'b", "sum");
    record_step(ledger, connection, id, 3);
    auto entry = read(ledger, connection).at(0);
    EXPECT_EQ(entry.migration_name, "a'b");
    EXPECT_EQ(entry.applied_steps_count, 3);
    EXPECT_FALSE(entry.finished_at);
    record_logs(ledger, connection, id, "broken");
    EXPECT_EQ(read(ledger, connection).at(0).logs, "broken");
    record_finish(ledger, connection, id);
    EXPECT_TRUE(read(ledger, connection).at(0).finished_at.has_value());
    EXPECT_EQ(mark_rolled_back(ledger, connection, "a'b"), 0) << "it is finished";

    record_failure(ledger, connection, "c", "sum", "log", false);
    record_failure(ledger, connection, "d", "sum", "log", true);
    auto const entries = read(ledger, connection);
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_FALSE(entries[1].rolled_back_at);
    EXPECT_TRUE(entries[2].rolled_back_at.has_value());
    EXPECT_EQ(mark_rolled_back(ledger, connection, "c"), 1);
}

}  // namespace
}  // namespace cm::history
