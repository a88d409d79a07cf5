#include "history/ledger.hpp"

#include <gmock/gmock.h>
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

    NewEntry const first{new_id(), "a'b", "sum"};
    record_start(ledger, connection, first, "begun");
    connection.execute(step_statement(ledger, first.id, 3, "three 'steps'"));
    auto entry = read(ledger, connection).at(0);
    EXPECT_EQ(entry.migration_name, "a'b");
    EXPECT_EQ(entry.applied_steps_count, 3);
    EXPECT_EQ(entry.logs, "three 'steps'");
    EXPECT_FALSE(entry.is_finished);
    record_logs(ledger, connection, first.id, "broken", false);
    EXPECT_EQ(read(ledger, connection).at(0).logs, "broken");
    record_resumption(ledger, connection, {first.id, "a'b", "other sum"}, 2, "goes on");
    EXPECT_EQ(read(ledger, connection).at(0).checksum, "other sum");
    connection.execute(finish_statement(ledger, first.id, 4));
    entry = find(ledger, connection, first.id).value();
    EXPECT_TRUE(entry.is_finished && !entry.logs);
    EXPECT_EQ(mark_rolled_back(ledger, connection, "a'b"), 0) << "it is finished";

    record_undone(ledger, connection, {new_id(), "d", "sum"}, "log");
    auto const entries = read(ledger, connection);
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_TRUE(entries[1].is_rolled_back);
    EXPECT_FALSE(find(ledger, connection, "nobody"));
}

TEST(LedgerTable, GivesEachRowAnIdentifierOfItsOwn) {
    auto const id = new_id();
    EXPECT_THAT(id,
                testing::MatchesRegex("[0-9a-f]+-[0-9a-f]+-4[0-9a-f]+-[89ab][0-9a-f]+-[0-9a-f]+"));
    EXPECT_EQ(id.size(), 36U);
    EXPECT_NE(id, new_id());
}

}  // namespace
}  // namespace cm::history
