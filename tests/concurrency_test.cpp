// Many deployments at once: each migration is applied once, nobody waits for ever, and the exit
// codes are right. CM_WHOLE=1 holds a table for 20 seconds; by default it is three.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "support/database.hpp"
#include "support/program.hpp"

namespace cm::test {

namespace {

using std::chrono::seconds;

bool is_whole() {
    return std::getenv("CM_WHOLE") != nullptr;
}

class Concurrency : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        database_ = std::make_unique<TestDatabase>(server_url().value());
        session_ = std::make_unique<Session>(database_->url());
        session_->execute(
            "CREATE TABLE big (n int); INSERT INTO big SELECT generate_series(1, 2000);"
            "CREATE TABLE done (n int)");
    }

    void add(int number, std::string const& script) {
        folder_.add({fmt::format("prisma/migrations/2026010100000{}_m/migration.sql", number),
                     fmt::format("{}INSERT INTO done VALUES ({});\n", script, number)});
        ++migrations_;
    }

    /// The tables of this test are there already, made by a migration that is recorded.
    void begin_history() {
        constexpr std::string_view first = "20260101000000_tables";
        folder_.add({fmt::format("prisma/migrations/{}/migration.sql", first), "SELECT 1;\n"});
        session_->execute("DROP TABLE IF EXISTS _migrations");
        Program before(folder_, database_->url(), {"resolve", "--applied", std::string(first)});
        ASSERT_EQ(before.wait(), 0) << before.output();
        recorded_ = 1;
    }

    /// Starts as many at once; all must succeed.
    void deploy(int copies, std::vector<std::string> const& more = {}) {
        begin_history();
        deploy_at_once(copies, more);
    }

    void deploy_at_once(int copies, std::vector<std::string> const& more = {}) {
        std::vector<std::string> arguments{"deploy"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        std::vector<Program> running{};
        for (int i = 0; i < copies; ++i) {
            running.emplace_back(folder_, database_->url(), arguments);
        }
        int applied = 0;
        for (auto& program : running) {
            EXPECT_EQ(program.wait(), 0) << program.output();
            applied += program.output().find("successfully applied") != std::string::npos ? 1 : 0;
        }
        EXPECT_EQ(applied, 1) << "of the copies, one did the work";
        expect_each_once();
    }

    void expect_each_once() {
        auto const rows =
            session_->fetch("SELECT count(*) AS n, count(DISTINCT n) AS kinds FROM done");
        EXPECT_EQ(rows[0].integer("n"), migrations_);
        EXPECT_EQ(rows[0].integer("kinds"), migrations_);
        auto const migrations_table = session_->fetch(
            "SELECT count(*) AS n, count(finished_at) AS finished FROM _migrations");
        EXPECT_EQ(migrations_table[0].integer("finished"), migrations_ + recorded_);
        auto const invalid = session_->fetch(
            "SELECT count(*) AS n FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE NOT "
            "indisvalid AND relnamespace = 'public'::regnamespace");
        EXPECT_EQ(invalid[0].integer("n"), 0);
    }

    std::unique_ptr<TestDatabase> database_{};
    std::unique_ptr<Session> session_{};
    ProjectFolder folder_{};
    int migrations_ = 0;
    int recorded_ = 0;  ///< beside those
};

/// The migrations table is there, and empty, while the first of them is at work on the first
/// migration: that is no history that was lost.
TEST_F(Concurrency, OnAFreshDatabase) {
    for (std::string const directive : {"", "-- cm-migrate: no-transaction\n"}) {
        session_->execute("DROP TABLE IF EXISTS big, done, a, b, _migrations");
        migrations_ = 0;
        add(1, directive +
                   "CREATE TABLE done (n int);\nSELECT pg_advisory_unlock_all();\nSELECT "
                   "pg_sleep(1);\n");
        add(2, "CREATE TABLE a (n int);\n");
        add(3, "CREATE TABLE b (n int);\n");
        deploy_at_once(10);
    }
}

TEST_F(Concurrency, TwoTenAndFiftyAtOnce) {
    for (int const copies : {2, 10, 50}) {
        session_->execute("TRUNCATE done");
        migrations_ = 0;
        for (int i = 1; i <= 3; ++i) {
            add(i,
                fmt::format("CREATE TABLE t{}_{} (n int);\nSELECT pg_sleep(0.05);\n", copies, i));
        }
        deploy(copies);
    }
}

TEST_F(Concurrency, WithIndexesBuiltConcurrently) {
    for (int const copies : {2, 10, 50}) {
        session_->execute("TRUNCATE done");
        migrations_ = 0;
        add(1, fmt::format("CREATE INDEX CONCURRENTLY i{} ON big (n);\n", copies));
        add(2, fmt::format("CREATE TABLE u{0} (n int);\nDROP INDEX CONCURRENTLY i{0};\n", copies));
        deploy(copies);
    }
}

TEST_F(Concurrency, WhileSomebodyHoldsASnapshot) {
    add(1, "CREATE INDEX CONCURRENTLY i ON big (n);\n");
    add(2, "CREATE INDEX CONCURRENTLY j ON big (n);\n");
    Session reader(database_->url());
    reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM big");
    std::thread later([&] {
        std::this_thread::sleep_for(seconds(is_whole() ? 20 : 3));
        reader.execute("COMMIT");
    });
    deploy(10);
    later.join();
}

TEST_F(Concurrency, WhileATableIsLocked) {
    add(1, "CREATE TABLE a (n int);\n");
    add(2, "CREATE TABLE b (n int);\nALTER TABLE big ADD COLUMN m int;\n");
    Session reader(database_->url());
    reader.execute("BEGIN; LOCK TABLE big");
    std::thread later([&] {
        std::this_thread::sleep_for(seconds(is_whole() ? 20 : 3));
        reader.execute("COMMIT");
    });
    if (is_whole()) {
        deploy(10);
    } else {
        deploy(10, {"--lock-timeout", "400ms"});
    }
    later.join();
}

TEST_F(Concurrency, WhenAMigrationGivesTheLockAway) {
    add(1, "SELECT pg_advisory_unlock_all();\nSELECT pg_sleep(0.7);\n");
    add(2, "SELECT pg_advisory_lock(1);\nSELECT pg_sleep(0.2);\n");
    add(3, "BEGIN;\nSELECT pg_advisory_unlock_all();\nSELECT pg_sleep(0.7);\nCOMMIT;\n");
    add(4,
        "BEGIN ISOLATION LEVEL SERIALIZABLE;\nSELECT pg_advisory_unlock_all();\n"
        "SELECT pg_sleep(0.4);\nCOMMIT;\n");
    add(5, "SELECT pg_advisory_lock(1);\nDISCARD ALL;\nSELECT pg_sleep(0.4);\n");
    deploy(10);
}

TEST_F(Concurrency, WhoDoesNotWaitIsToldSo) {
    add(1, "SELECT pg_sleep(2);\n");
    begin_history();
    Program first(folder_, database_->url(), {"deploy"});
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    Program second(folder_, database_->url(), {"deploy", "--lock-wait", "200ms"});
    EXPECT_EQ(second.wait(), 7) << second.output();
    EXPECT_NE(second.output().find("CM0407"), std::string::npos);
    first.wait();
}

/// Both have read the folder before one of them may write to it: the second must read it again, and
/// not take the work of the first for drift.
TEST_F(Concurrency, TwoDevsMakeOneMigration) {
    folder_.add({"prisma/schema.prisma",
                 "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n"
                 "}\nmodel Big {\n  n Int @unique\n  m Int?\n  @@map(\"big\")\n}\n"});
    session_->execute(
        "DROP TABLE done, big; CREATE TABLE big (n integer NOT NULL);"
        "CREATE UNIQUE INDEX big_n_key ON big (n); INSERT INTO big VALUES (1)");
    EXPECT_EQ(
        Program(folder_, database_->url(), {"dev", "--name", "init", "--drift", "migrate"}).wait(),
        0);
    session_->execute("BEGIN; LOCK TABLE _migrations");
    Program first(folder_, database_->url(), {"dev", "--name", "m"});
    Program second(folder_, database_->url(), {"dev", "--name", "m"});
    std::this_thread::sleep_for(std::chrono::milliseconds(1000));
    session_->execute("COMMIT");
    EXPECT_EQ(first.wait(), 0) << first.output();
    EXPECT_EQ(second.wait(), 0) << second.output();
    auto const migrations_table = session_->fetch("SELECT count(*) AS n FROM _migrations");
    EXPECT_EQ(migrations_table[0].integer("n"), 2);
    auto const rows = session_->fetch("SELECT count(n) AS n, count(m) AS m FROM big");
    EXPECT_EQ(rows[0].integer("n"), 1);
}

}  // namespace

}  // namespace cm::test
