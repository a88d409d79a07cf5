#include "pg/advisory_lock.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "base/diagnostic.hpp"
#include "support/database.hpp"

namespace cm::pg {
namespace {

using namespace std::chrono_literals;

TEST(AdvisoryLock, LetsOneInAndNamesIt) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(*test::server_url());
    Connection first(parse_url(database.url()));
    Connection second(parse_url(database.url()));
    std::vector<int> holders{};
    auto const waiting = [&](LockHolder const& holder) { holders.push_back(holder.pid); };
    {
        AdvisoryLock const held(first, "key", 0ms, waiting);
        EXPECT_TRUE(holders.empty());
        AdvisoryLock const other_key(second, "another key", 0ms, waiting);
        try {
            AdvisoryLock const refused(second, "key", 100ms, waiting);
            FAIL() << "both hold it";
        } catch (Failure const& failed) {
            EXPECT_EQ(failed.exit_code(), ExitCode::busy);
            EXPECT_EQ(failed.diagnostics().front().code, "CM0407");
            EXPECT_NE(failed.diagnostics().front().notes.front().find("`cm-migrate`"),
                      std::string::npos);
        }
        EXPECT_EQ(holders, std::vector{first.backend_pid()});
    }
    EXPECT_NO_THROW(AdvisoryLock(second, "key", 0ms, waiting));
}

/// The server may not have noticed yet that the session before is gone.
TEST(AdvisoryLock, IsWaitedForAfterALostConnectionEvenByTheImpatient) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(*test::server_url());
    Connection first(parse_url(database.url()));
    auto second = std::make_unique<Connection>(parse_url(database.url()));
    AdvisoryLock held(first, "key", 0ms, {});
    second->fetch("SELECT pg_terminate_backend($1::int)", {std::to_string(first.backend_pid())});
    auto other = std::make_unique<AdvisoryLock>(*second, "key", 5s, nullptr);
    first.reconnect();
    std::thread leaving([&] {
        std::this_thread::sleep_for(500ms);
        other.reset();
    });
    EXPECT_NO_THROW(held.take_again());
    leaving.join();
}

TEST(AdvisoryLock, IsFoundWhileAnotherSessionIsAtWork) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(*test::server_url());
    Connection first(parse_url(database.url()));
    Connection second(parse_url(database.url()));
    auto const found = [&] { return lock_holder(second.fetch(lock_holder_query("key"))); };
    EXPECT_EQ(found(), std::nullopt);
    {
        AdvisoryLock const held(first, "key", 0ms, {});
        ASSERT_TRUE(found().has_value());
        EXPECT_EQ(found()->pid, first.backend_pid());
        EXPECT_TRUE(found()->holds_lock);
        EXPECT_EQ(found()->query, "") << "it is idle";
        EXPECT_EQ(lock_holder(first.fetch(lock_holder_query("key"))), std::nullopt) << "itself";
    }
    EXPECT_EQ(found(), std::nullopt);
    // Without the lock it is known by its name, as soon as it has written.
    Transaction const open{first};
    first.execute("SELECT 1");
    EXPECT_EQ(found(), std::nullopt);
    first.execute("CREATE TABLE made (id int)");
    ASSERT_TRUE(found().has_value());
    EXPECT_FALSE(found()->holds_lock);
    EXPECT_EQ(found()->query, "CREATE TABLE made (id int)");
}

}  // namespace
}  // namespace cm::pg
