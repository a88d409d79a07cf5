#include "pg/pooler.hpp"

#include <gtest/gtest.h>

#include "base/diagnostic.hpp"
#include "pg/advisory_lock.hpp"
#include "support/database.hpp"
#include "support/pooler_process.hpp"

namespace cm::pg {
namespace {

using namespace std::chrono_literals;

#define CM_NEEDS_POOLER() \
    CM_NEEDS_SERVER();    \
    if (!test::PoolerProcess::is_installed()) GTEST_SKIP() << "PgBouncer is not installed"

TEST(Pooler, IsNotSeenWhereThereIsNone) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(*test::server_url());
    Connection connection(parse_url(database.url()));
    EXPECT_EQ(refuse_transaction_pooler(connection), connection.backend_pid());
}

TEST(Pooler, IsRefusedInTransactionMode) {
    CM_NEEDS_POOLER();
    test::TestDatabase const database(*test::server_url());
    test::PoolerProcess const pooler("transaction", database.url());
    Connection connection(parse_url(pooler.url()));
    try {
        AdvisoryLock const lock(connection, "key", 0ms, {});
        FAIL() << "it was taken";
    } catch (Failure const& failed) {
        EXPECT_EQ(failed.diagnostics().front().code, "CM0414");
        EXPECT_EQ(failed.exit_code(), ExitCode::misconfigured);
        EXPECT_NE(failed.diagnostics().front().helps.front().find("directUrl"), std::string::npos);
    }
    test::Session direct(database.url());
    EXPECT_EQ(direct
                  .fetch("SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND "
                         "database = (SELECT oid FROM pg_database WHERE datname = "
                         "current_database())")[0]
                  .integer("n"),
              0);
}

TEST(Pooler, IsTakenInSessionMode) {
    CM_NEEDS_POOLER();
    test::TestDatabase const database(*test::server_url());
    test::PoolerProcess const pooler("session", database.url());
    Connection connection(parse_url(pooler.url()));
    EXPECT_NE(refuse_transaction_pooler(connection), connection.backend_pid());
    AdvisoryLock const lock(connection, "key", 0ms, {});
    Connection other(parse_url(pooler.url()));
    EXPECT_THROW(AdvisoryLock(other, "key", 0ms, {}), Failure);
}

}  // namespace
}  // namespace cm::pg
