#include "history/migrations_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/database.hpp"

namespace cm::history {
namespace {

TEST(MigrationsTableLayout, HoldsWhatIsRecorded) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(*test::server_url());
    pg::Connection connection(pg::parse_url(database.url()));
    MigrationsTable const migrations_table{{"public", "odd \"ledger\""}};
    EXPECT_FALSE(exists(migrations_table, connection));
    EXPECT_TRUE(read(migrations_table, connection).empty());
    connection.execute(create_table_statement(migrations_table) + "; " +
                       create_table_statement(migrations_table));
    EXPECT_TRUE(exists(migrations_table, connection));

    NewEntry const first{new_id(), "a'b", "sum"};
    record_start(migrations_table, connection, first, "begun");
    connection.execute(step_statement(migrations_table, first.id, 3, "three 'steps'"));
    auto entry = read(migrations_table, connection).at(0);
    EXPECT_EQ(entry.migration_name, "a'b");
    EXPECT_EQ(entry.applied_steps_count, 3);
    EXPECT_EQ(entry.logs, "three 'steps'");
    EXPECT_FALSE(entry.is_finished);
    record_logs(migrations_table, connection, first.id, "broken", false);
    EXPECT_EQ(read(migrations_table, connection).at(0).logs, "broken");
    record_resumption(migrations_table, connection, {first.id, "a'b", "other sum"}, 2, "goes on");
    EXPECT_EQ(read(migrations_table, connection).at(0).checksum, "other sum");
    connection.execute(finish_statement(migrations_table, first.id, 4));
    entry = find(migrations_table, connection, first.id).value();
    EXPECT_TRUE(entry.is_finished && !entry.logs);
    EXPECT_EQ(mark_rolled_back(migrations_table, connection, "a'b"), 0) << "it is finished";

    record_undone(migrations_table, connection, {new_id(), "d", "sum"}, "log");
    auto const entries = read(migrations_table, connection);
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_TRUE(entries[1].is_rolled_back);
    EXPECT_FALSE(find(migrations_table, connection, "nobody"));
}

TEST(MigrationsTableLayout, GivesEachRowAnIdentifierOfItsOwn) {
    auto const id = new_id();
    EXPECT_THAT(id,
                testing::MatchesRegex("[0-9a-f]+-[0-9a-f]+-4[0-9a-f]+-[89ab][0-9a-f]+-[0-9a-f]+"));
    EXPECT_EQ(id.size(), 36U);
    EXPECT_NE(id, new_id());
}

}  // namespace
}  // namespace cm::history
