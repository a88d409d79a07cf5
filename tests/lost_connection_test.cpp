// The line breaks while a migration is under way: what became of it is looked up on a new
// connection, and in the end each statement has taken effect once.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/database.hpp"
#include "support/program.hpp"
#include "support/tcp_proxy.hpp"

namespace cm::test {

namespace {

class LostConnection : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        database_ = std::make_unique<TestDatabase>(server_url().value());
        add(1, "CREATE TABLE done (n int);\nINSERT INTO done VALUES (1);\n");
        add(2, "INSERT INTO done VALUES (2);\n");
        add(3, "INSERT INTO done VALUES (3);\n");
    }

    void add(int number, std::string const& script) const {
        folder_.add(
            {fmt::format("prisma/migrations/2026010{}000000_m/migration.sql", number), script});
    }

    /// Through a line that breaks; it must.
    std::string deploy(Cut const& cut, int exit_code,
                       std::vector<std::string> const& arguments = {"deploy"}) const {
        TcpProxy const proxy(database_->url(), {}, cut);
        Program run(folder_, proxy.url(), arguments);
        EXPECT_EQ(run.wait(), exit_code) << run.output();
        EXPECT_TRUE(proxy.has_cut());
        return run.output();
    }

    void expect_each_once(int migrations = 3) const {
        Session session(database_->url());
        auto const done =
            session.fetch("SELECT count(*) AS n, count(DISTINCT n) AS kinds FROM done");
        EXPECT_EQ(done[0].integer("n"), migrations);
        EXPECT_EQ(done[0].integer("kinds"), migrations);
        auto const migrations_table =
            session.fetch("SELECT count(*) AS n, count(finished_at) AS finished FROM _migrations");
        EXPECT_EQ(migrations_table[0].integer("n"), migrations);
        EXPECT_EQ(migrations_table[0].integer("finished"), migrations);
    }

    static void expect_in(std::string const& report, std::string_view words) {
        EXPECT_NE(report.find(words), std::string::npos) << words << "\nis not in\n" << report;
    }

    std::unique_ptr<TestDatabase> database_{};
    ProjectFolder folder_{};
};

TEST_F(LostConnection, AfterTheCommit) {
    auto const report = deploy({"INSERT INTO done VALUES (2)", true}, 0);
    expect_in(report, "after reconnecting: the migration was applied");
    expect_in(report, "All migrations have been successfully applied");
    expect_each_once();
}

TEST_F(LostConnection, AndTheServerIsAwayForAWhile) {
    auto const report = deploy({"INSERT INTO done VALUES (2)", true, std::chrono::seconds(3)}, 0);
    expect_in(report, "Lost the connection while applying `20260102000000_m`; reconnecting: ");
    expect_in(report, "after reconnecting: the migration was applied");
    expect_each_once();
    // One line for the first attempt, one that counts the others.
    auto const times = [&](std::string_view words) {
        int count = 0;
        for (auto at = report.find(words); at != std::string::npos;
             at = report.find(words, at + 1)) {
            ++count;
        }
        return count;
    };
    EXPECT_EQ(times("; reconnecting: "), 1) << report;
    EXPECT_EQ(times("Reconnection attempt "), 1) << report;
    EXPECT_EQ(times("Reconnection attempt 2 "), 0) << report;
}

TEST_F(LostConnection, IsToldToPrograms) {
    auto const report = deploy({"INSERT INTO done VALUES (3)", true, std::chrono::seconds(1)}, 0,
                               {"deploy", "--json"});
    expect_in(report, R"({"event":"lost","migration":"20260103000000_m","message":")");
    expect_in(report, R"({"event":"settled","migration":"20260103000000_m",)");
    expect_each_once();
}

TEST_F(LostConnection, BeforeTheCommit) {
    auto const report = deploy({"INSERT INTO done VALUES (2)", false}, 6);
    expect_in(report, "CM0408");
    expect_in(report, "rolled back");
    expect_each_once(1);
    EXPECT_EQ(Program(folder_, database_->url(), {"deploy"}).wait(), 0);
    expect_each_once();
}

TEST_F(LostConnection, DuringTheCommitOfAllTogether) {
    EXPECT_EQ(Program(folder_, database_->url(), {"deploy"}).wait(), 0);
    add(4, "INSERT INTO done VALUES (4);\n");
    add(5, "INSERT INTO done VALUES (5);\n");
    // The first COMMIT ends the reading of the state before.
    auto const report = deploy({.words = "COMMIT", .arrives = true, .spared = 1}, 0,
                               {"deploy", "--single-transaction"});
    expect_in(report, "after reconnecting: the migration was applied");
    expect_each_once(5);
}

TEST_F(LostConnection, WhileTheStateIsRecorded) {
    // The queries of the catalog are more than one piece of the line: they cannot arrive and be
    // cut.
    std::vector<Cut> const cuts{{.words = "pg_get_triggerdef", .spared = 0},
                                {.words = "pg_get_triggerdef", .spared = 1},
                                {.words = "state_text", .arrives = true},
                                {.words = "state_text"}};
    for (auto const& cut : cuts) {
        SCOPED_TRACE(fmt::format("{} {} {}", cut.words, cut.arrives, cut.spared));
        Session(database_->url()).execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        deploy(cut, 0);
        expect_each_once();
    }
}

TEST_F(LostConnection, WhileStepsAreRecorded) {
    for (bool const arrives : {true, false}) {
        SCOPED_TRACE(arrives);
        Session(database_->url()).execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        add(2, "INSERT INTO done VALUES (2);\nCREATE INDEX CONCURRENTLY i ON done (n);\n");
        expect_in(deploy({"CREATE INDEX", arrives}, 6), "the next `cm-migrate deploy`");
        Program run(folder_, database_->url(), {"deploy"});
        EXPECT_EQ(run.wait(), 0) << run.output();
        expect_each_once();
    }
}

}  // namespace

}  // namespace cm::test
