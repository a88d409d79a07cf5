// What an index that was built concurrently has left, or is leaving at this moment.
#include "history/partial_effects.hpp"

#include <thread>

#include "history/apply_fixture.hpp"

namespace cm::history {
namespace {

constexpr std::string_view create = "CREATE INDEX CONCURRENTLY i ON t (b)";

TEST_F(Apply, LeavesAnIndexAloneThatAnotherSessionBuilds) {
    connection_->execute("CREATE TABLE t (b int); INSERT INTO t VALUES (1), (1)");
    pg::Connection reader{connection_->url()};
    pg::Connection builder{connection_->url()};
    reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM t");
    std::thread building([&] { builder.execute(create); });
    while (value("SELECT count(*)::text FROM pg_stat_progress_create_index WHERE phase LIKE "
                 "'waiting for old snapshots' AND datname = current_database()") != "1") {
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    auto const meanwhile = inspect_partial_effects(create, *connection_);
    reader.execute("COMMIT");
    building.join();
    EXPECT_EQ(meanwhile.effect, Effect::none);
    EXPECT_EQ(meanwhile.tidying, std::vector<std::string>{});
    EXPECT_EQ(inspect_partial_effects(create, *connection_).effect, Effect::whole);
}

TEST_F(Apply, FinishesAPartitionsDetachingThatWasCutOff) {
    if (connection_->server_version() < 140000) {
        GTEST_SKIP() << "DETACH … CONCURRENTLY came with PostgreSQL 14";
    }
    connection_->execute(
        "CREATE TABLE whole (b int) PARTITION BY RANGE (b); CREATE TABLE part PARTITION OF whole "
        "FOR VALUES FROM (1) TO (2)");
    constexpr std::string_view detach = "ALTER TABLE whole DETACH PARTITION part CONCURRENTLY";
    pg::Connection reader{connection_->url()};
    reader.execute("BEGIN; SELECT count(*) FROM whole");
    connection_->execute("SET statement_timeout = '300ms'");
    EXPECT_THROW(connection_->execute(detach), pg::SqlError);
    reader.execute("COMMIT");
    auto const partial = inspect_partial_effects(detach, *connection_);
    EXPECT_EQ(partial.instead, "ALTER TABLE whole DETACH PARTITION part FINALIZE");
    connection_->execute(partial.instead);
    EXPECT_EQ(inspect_partial_effects(detach, *connection_).effect, Effect::whole);
}

TEST_F(Apply, DropsAnIndexWhoseBuildHasFailed) {
    connection_->execute("CREATE TABLE t (b int); INSERT INTO t VALUES (1), (1)");
    constexpr std::string_view unique = "CREATE UNIQUE INDEX CONCURRENTLY i ON t (b)";
    EXPECT_THROW(connection_->execute(unique), pg::SqlError);
    auto const partial = inspect_partial_effects(unique, *connection_);
    EXPECT_EQ(partial.effect, Effect::none);
    EXPECT_EQ(partial.tidying, std::vector<std::string>{"DROP INDEX CONCURRENTLY i"});
}

}  // namespace
}  // namespace cm::history
