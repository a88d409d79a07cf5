// The crash matrix of `reset`: beside a `deploy` that is at work, or whose session goes on after it
// was killed; and killed itself at random moments (CM_KILLS, CM_SEED). What comes next must lead to
// a database in which every migration has been applied exactly once.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "support/database.hpp"
#include "support/kills.hpp"
#include "support/program.hpp"

namespace cm::test {

namespace {

using std::chrono::milliseconds;

constexpr int usual_kills = 24;

/// A statement that waits while the test holds the gate, and shows in pg_locks that it does.
constexpr std::string_view gate = "SELECT pg_advisory_xact_lock_shared(77, 1);\n";

std::string step(int number) {
    return fmt::format("INSERT INTO done VALUES ({});\n", number);
}

/// `reset` beside a `deploy` that has come to a gate: the history makes all that there is.
class ResetStage {
  public:
    ResetStage(std::string url, std::string const& directive) : url_(std::move(url)) {
        folder_.add({"prisma/migrations/20260101000000_story/migration.sql",
                     directive + "CREATE TABLE done (n int);\nCREATE TABLE big (n int);\n" +
                         std::string(gate) + step(1)});
        folder_.add({"prisma/migrations/20260102000000_after/migration.sql", step(2)});
        Session(url_).execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }

    Program start(std::vector<std::string> const& arguments) {
        return Program(folder_, url_, arguments);
    }

    bool is_at_gate() {
        Session session(url_);
        for (int i = 0; i < 1000; ++i) {
            auto const waiting = session.fetch(
                "SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND classid = 77 "
                "AND NOT granted");
            if (waiting[0].integer("n") > 0) return true;
            std::this_thread::sleep_for(milliseconds{5});
        }
        return false;
    }

    void expect_all_applied_once() {
        Session session(url_);
        auto const done =
            session.fetch("SELECT count(*) AS n, count(DISTINCT n) AS kinds FROM done");
        EXPECT_EQ(done[0].integer("n"), 2);
        EXPECT_EQ(done[0].integer("kinds"), 2);
        auto const record =
            session.fetch("SELECT count(*) AS n, count(finished_at) AS finished FROM _migrations");
        EXPECT_EQ(record[0].integer("n"), 2);
        EXPECT_EQ(record[0].integer("finished"), 2);
        EXPECT_EQ(folder_.left_behind(), "");
    }

  private:
    std::string url_{};
    ProjectFolder folder_{};
};

TEST(Crash, ResetAgainstDeploy) {
    CM_NEEDS_SERVER();
    TestDatabase const database{server_url().value()};
    for (std::string const directive : {"", "-- cm-migrate: no-transaction\n"}) {
        for (bool const is_killed : {false, true}) {
            SCOPED_TRACE(fmt::format("{}{}", directive, is_killed ? "deploy is killed" : ""));
            ResetStage stage(database.url(), directive);
            auto holder = std::make_unique<Session>(database.url());
            holder->execute("SELECT pg_advisory_lock(77, 1)");
            auto deploy = stage.start({"deploy"});
            ASSERT_TRUE(stage.is_at_gate());
            auto reset = stage.start({"reset", "--force"});
            // Killed or not, its session is at work and has the lock.
            if (is_killed) deploy.signal(SIGKILL);
            EXPECT_EQ(reset.wait_for(milliseconds{800}), std::nullopt) << reset.output();
            holder.reset();
            EXPECT_EQ(deploy.wait(), is_killed ? 128 + SIGKILL : 0) << deploy.output();
            EXPECT_EQ(reset.wait(), 0) << reset.output();
            stage.expect_all_applied_once();
        }
    }
}

TEST(Crash, ResetThatIsKilled) {
    CM_NEEDS_SERVER();
    TestDatabase const database{server_url().value()};
    auto generator = make_generator();
    for (int i = 0; i < std::max(6, kills(usual_kills) / 4); ++i) {
        ResetStage stage(database.url(), "");
        EXPECT_EQ(stage.start({"deploy"}).wait(), 0);
        auto reset = stage.start({"reset", "--force"});
        std::uniform_int_distribution<long> moment{5, 250};
        if (!reset.wait_for(milliseconds{moment(generator)})) reset.signal(SIGKILL);
        reset.wait();
        auto deploy = stage.start({"deploy"});
        auto const exit_code = deploy.wait();
        EXPECT_EQ(exit_code, 0) << deploy.output();
        stage.expect_all_applied_once();
    }
}

}  // namespace

}  // namespace cm::test
