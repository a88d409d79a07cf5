// A server that is far away, 20 ms in each direction: 300 small migrations take hardly more round
// trips than there are migrations.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>

#include "support/database.hpp"
#include "support/program.hpp"
#include "support/tcp_proxy.hpp"

namespace cm::test {

namespace {

TEST(Distance, OneRoundTripAMigration) {
    CM_NEEDS_SERVER();
    TestDatabase const database{server_url().value()};
    TcpProxy const proxy{database.url(), std::chrono::milliseconds{20}};
    ProjectFolder const folder{};
    constexpr int migrations = 300;
    for (int i = 0; i < migrations; ++i) {
        folder.add({fmt::format("prisma/migrations/20260101{:06}_m/migration.sql", i),
                    fmt::format("CREATE TABLE t{} (id int);\n", i)});
    }
    auto const begin = std::chrono::steady_clock::now();
    Program run(folder, proxy.url(), {"deploy"});
    EXPECT_EQ(run.wait(), 0) << run.output();
    auto const took = std::chrono::steady_clock::now() - begin;
    fmt::print("{} migrations in {} round trips, {} s\n", migrations, proxy.round_trips(),
               std::chrono::duration_cast<std::chrono::seconds>(took).count());
    EXPECT_GT(proxy.round_trips(), migrations);
    EXPECT_LE(proxy.round_trips(), migrations + 16);
    auto const applied = Session(database.url()).fetch("SELECT count(*) AS n FROM _migrations");
    EXPECT_EQ(applied[0].integer("n"), migrations);
}

}  // namespace

}  // namespace cm::test
