// What a server refuses for reasons of its own: recognised, undone, explained.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/database.hpp"
#include "support/program.hpp"
#include "support/scratch_cluster.hpp"

namespace cm::test {

namespace {

/// The report of a `deploy` that must fail with `exit_code`.
std::string failure(std::string const& url, std::string const& script, int exit_code) {
    ProjectFolder const folder{};
    folder.add({"prisma/migrations/20260101000000_m/migration.sql", script});
    Program run(folder, url, {"deploy"});
    EXPECT_EQ(run.wait(), exit_code);
    return run.output();
}

void expect_in(std::string const& report, std::string_view words) {
    EXPECT_NE(report.find(words), std::string::npos) << words << "\nis not in\n" << report;
}

TEST(Limits, OfLocks) {
    CM_NEEDS_SERVER();
    ScratchCluster const cluster(find_server_binaries().value(),
                                 {"max_locks_per_transaction=10", "max_connections=10",
                                  "max_worker_processes=0", "max_wal_senders=0"});
    std::string script{};
    for (int i = 0; i < 4000; ++i) script += fmt::format("CREATE TABLE t{} (id int);\n", i);
    auto const report = failure(cluster.url(), script, 5);
    expect_in(report, "(53200)");
    expect_in(report, "raise max_locks_per_transaction");
    expect_in(report, "PostgreSQL undid all of it");
    Session session(cluster.url());
    EXPECT_EQ(
        session.fetch("SELECT count(*) AS n FROM pg_class WHERE relname ~ '^t[0-9]'")[0].integer(
            "n"),
        0);
    EXPECT_EQ(session
                  .fetch("SELECT count(*) AS n FROM _migrations WHERE rolled_back_at IS NOT "
                         "NULL")[0]
                  .integer("n"),
              1);
}

TEST(Limits, OfAServerThatOnlyReads) {
    CM_NEEDS_SERVER();
    TestDatabase const database{server_url().value()};
    Session(database.url())
        .execute(fmt::format("ALTER DATABASE {} SET default_transaction_read_only = on",
                             database.name()));
    auto const report = failure(database.url(), "CREATE TABLE a ();", 1);
    expect_in(report, "(25006)");
    expect_in(report, "name the primary, not a replica");
}

TEST(Limits, OfRights) {
    CM_NEEDS_SERVER();
    TestDatabase const database{server_url().value(), RoleRights::no_createdb};
    Session admin(with_user_and_database(server_url().value(), "postgres", database.name()));
    admin.execute("CREATE SCHEMA theirs");
    auto const report = failure(database.url(), "CREATE TABLE theirs.a ();", 5);
    expect_in(report, "(42501)");
    expect_in(report, "use a role that has the right");
    expect_in(report, "PostgreSQL undid all of it");
}

}  // namespace

}  // namespace cm::test
