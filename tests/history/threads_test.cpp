// A service may bring several databases up to date at once (include/cm_migrate): what the threads
// share is nothing. The thread sanitizer sees to it (tests/sanitize.sh).
#include <fmt/format.h>

#include <thread>

#include "history/apply_fixture.hpp"
#include "history/compare.hpp"
#include "pg/advisory_lock.hpp"

namespace cm::history {
namespace {

/// A run as a program makes it: the lock, what is pending, and a failure.
void bring_up_to_date(std::string const& url) {
    pg::Connection connection(pg::parse_url(url));
    pg::AdvisoryLock const lock(connection, "threads", std::chrono::seconds(30), {});
    Ledger const ledger{{"public", "_migrations"}};
    connection.execute(create_table_statement(ledger));
    SourceMap sources{};
    for (int i = 0; i < 5; ++i) {
        auto const script = fmt::format(
            "CREATE TABLE t{0} ();\nCREATE INDEX CONCURRENTLY i{0} ON t{0} ((1));\n", i);
        apply({fmt::format("{}", i), "migration.sql", script, sha256(script)}, ledger, connection,
              sources);
    }
    std::string const wrong =
        "DO $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '40001'; END $$;\n";
    EXPECT_THROW(apply({"wrong", "migration.sql", wrong, sha256(wrong)}, ledger, connection,
                       sources, {.limits = {.retries = 1}}),
                 Failure);
    auto const comparison = compare(Directory{}, read(ledger, connection));
    EXPECT_EQ(comparison.missing.size(), 5U);
}

TEST(Threads, WorkOnDatabasesOfTheirOwn) {
    CM_NEEDS_SERVER();
    std::vector<std::unique_ptr<test::TestDatabase>> databases{};
    for (int i = 0; i < 4; ++i) {
        databases.push_back(std::make_unique<test::TestDatabase>(*test::server_url()));
    }
    std::vector<std::thread> threads{};
    for (auto const& database : databases) {
        threads.emplace_back([&database] { bring_up_to_date(database->url()); });
    }
    for (auto& thread : threads) {
        thread.join();
    }
}

}  // namespace
}  // namespace cm::history
