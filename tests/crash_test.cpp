// The crash matrix: `deploy` is cut off at every statement and at random moments, by SIGKILL, by
// the end of its session, by a crash of the server. What comes next must lead to a database in
// which every statement has taken effect exactly once. CM_KILLS sets how often it is cut off at
// random (default 24; 2000 is the whole form), CM_SEED repeats a run.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <map>
#include <random>
#include <thread>

#include "support/database.hpp"
#include "support/kills.hpp"
#include "support/program.hpp"
#include "support/scratch_cluster.hpp"

namespace cm::test {

namespace {

using std::chrono::milliseconds;

constexpr int usual_kills = 24;

void pause(milliseconds time) {
    std::this_thread::sleep_for(time);
}

/// A statement that waits while the test holds gate `number`, and shows in pg_locks that it does.
std::string gate(int number) {
    return fmt::format("SELECT pg_advisory_xact_lock_shared(77, {});\n", number);
}

/// A migration that writes what it does into `done`, and how many gates it has.
struct Story {
    std::string_view name{};
    std::string script{};
    int gates{};
    int steps{};                       ///< rows of `done`, each once
    std::string_view valid_indexes{};  ///< all there may be
};

std::string step(int number) {
    return fmt::format("INSERT INTO done VALUES ({});\n", number);
}

std::vector<Story> stories() {
    std::string const sleep = "SELECT pg_sleep(0.01);\n";
    return {
        {"transactional",
         gate(1) + "CREATE TABLE a (b int);\n" + step(1) + gate(2) + sleep + step(2) + gate(3), 3,
         2, ""},
        {"one at a time",
         "-- cm-migrate: no-transaction\n" + gate(1) + "CREATE TABLE a (b int);\n" + gate(2) +
             step(1) + gate(3) + sleep + step(2) + gate(4),
         4, 2, ""},
        {"concurrent",
         "CREATE INDEX CONCURRENTLY i ON big (n);\nCREATE UNIQUE INDEX CONCURRENTLY j ON big (n);\n"
         "DROP INDEX CONCURRENTLY i;\nREINDEX INDEX CONCURRENTLY j;\nVACUUM big;\n",
         0, 0, "j"},
        {"mixed",
         gate(1) + "CREATE TABLE a (b int);\n" + step(1) + gate(2) +
             "CREATE INDEX CONCURRENTLY i ON big (n);\n" + gate(3) + step(2) + sleep + step(3) +
             gate(4) + "CREATE UNIQUE INDEX CONCURRENTLY j ON big (n);\nBEGIN;\n" + step(4) +
             gate(5) + sleep + "COMMIT;\nDROP INDEX CONCURRENTLY i;\n" + gate(6) + step(5),
         6, 5, "j"},
        {"new enum value",
         step(1) + "ALTER TYPE e ADD VALUE 'new';\n" + gate(1) +
             "INSERT INTO enums VALUES ('new');\n" + step(2) + gate(2) + sleep,
         2, 2, ""},
    };
}

/// The migration that stands for the scene.
constexpr std::string_view before = "20251231000000_before";

/// How a run is cut off.
enum class Blow { kill_client, end_session, crash_server };

std::string_view name_of(Blow blow) {
    constexpr std::string_view names[] = {"SIGKILL", "pg_terminate_backend", "server crash"};
    return names[static_cast<std::size_t>(blow)];
}

/// One story on one database, to be run and cut off again and again.
class Stage {
  public:
    Stage(Story const& story, std::string url, ScratchCluster* cluster)
        : story_(story), url_(std::move(url)), cluster_(cluster) {
        folder_.add({fmt::format("prisma/migrations/{}/migration.sql", before), "SELECT 1;\n"});
        folder_.add({"prisma/migrations/20260101000000_story/migration.sql", story.script});
        folder_.add({"prisma/migrations/20260102000000_after/migration.sql",
                     "INSERT INTO done VALUES (99);\n"});
    }

    /// The scene before the story.
    void set() {
        Session(url_).execute(
            "DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE done (n int); "
            "CREATE TABLE big (n int); INSERT INTO big SELECT generate_series(1, 3000); "
            "CREATE TYPE e AS ENUM ('old'); CREATE TABLE enums (e e)");
        // The story belongs to a history that has begun.
        EXPECT_EQ(Program(folder_, url_, {"resolve", "--applied", std::string(before)}).wait(), 0);
    }

    /// Cuts a run off when it has come to a gate.
    bool cut_off_at(int gate_number, Blow blow) {
        auto holder = std::make_unique<Session>(url_);
        holder->execute(fmt::format("SELECT pg_advisory_lock(77, {})", gate_number));
        Program run(folder_, url_, {"deploy"});
        auto const there = wait_for_gate(gate_number);
        EXPECT_TRUE(there) << story_.name << ", gate " << gate_number << ":\n";
        strike(run, blow);
        holder.reset();
        run.wait();
        return there;
    }

    /// Cuts a run off after some time; false if it was over by then.
    bool cut_off_after(milliseconds delay, Blow blow) {
        Program run(folder_, url_, {"deploy"});
        if (run.wait_for(delay)) return false;
        strike(run, blow);
        run.wait();
        return true;
    }

    milliseconds duration() {
        auto const begin = std::chrono::steady_clock::now();
        Program run(folder_, url_, {"deploy"});
        EXPECT_EQ(run.wait(), 0) << run.output();
        return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin);
    }

    /// `deploy`, and what it says is to be done next, until all is applied.
    void resume() {
        std::vector<std::string> command{"deploy"};
        for (int i = 0; i < 4; ++i) {
            Program run(folder_, url_, command);
            auto const exit_code = run.wait();
            if (exit_code == 0) return;
            auto const report = run.output();
            ASSERT_EQ(exit_code, 5) << story_.name << "\n" << report;
            ASSERT_NE(report.find("`cm-migrate deploy --resume`"), std::string::npos) << report;
            command = {"deploy", "--resume"};
            ++remedies;
        }
        FAIL() << story_.name << ": it does not come to an end";
    }

    void expect_exactly_once() {
        Session session(url_);
        auto const done = session.fetch("SELECT n, count(*) AS times FROM done GROUP BY n");
        EXPECT_EQ(static_cast<int>(done.size()), story_.steps + 1) << story_.name;
        for (std::size_t i = 0; i < done.size(); ++i) {
            EXPECT_EQ(done[i].integer("times"), 1) << story_.name << ", " << done[i].text("n");
        }
        auto const indexes = session.fetch(
            "SELECT coalesce(string_agg(relname || CASE WHEN indisvalid THEN '' ELSE ' (invalid)' "
            "END, ' ' ORDER BY relname), '') AS names FROM pg_index JOIN pg_class ON oid = "
            "indexrelid WHERE indrelid = 'big'::regclass");
        EXPECT_EQ(indexes[0].text("names"), story_.valid_indexes) << story_.name;
        auto const migrations_table = session.fetch(
            "SELECT count(*) FILTER (WHERE finished_at IS NOT NULL) AS finished, count(*) FILTER "
            "(WHERE finished_at IS NULL AND rolled_back_at IS NULL) AS open FROM _migrations");
        EXPECT_EQ(migrations_table[0].integer("finished"), 3) << story_.name;
        EXPECT_EQ(migrations_table[0].integer("open"), 0) << story_.name;
        EXPECT_EQ(left_behind(session), 0) << "locks or sessions are left";
        EXPECT_EQ(folder_.left_behind(), "");
    }

    int remedies = 0;

  private:
    /// Locks and sessions. The server's process ends some time after its client has said goodbye.
    static long left_behind(Session& session) {
        long left = 0;
        for (int i = 0; i < 100; ++i) {
            left =
                session
                    .fetch(
                        "SELECT (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND "
                        "database = "
                        "d.oid)"
                        " + (SELECT count(*) FROM pg_stat_activity WHERE datid = d.oid AND pid <> "
                        "pg_backend_pid() AND application_name = 'cm-migrate') AS n FROM "
                        "pg_database d "
                        "WHERE datname = current_database()")[0]
                    .integer("n");
            if (left == 0) break;
            pause(milliseconds{50});
        }
        return left;
    }

    bool wait_for_gate(int number) {
        Session session(url_);
        for (int i = 0; i < 1000; ++i) {
            auto const waiting = session.fetch(
                fmt::format("SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND "
                            "classid = 77 AND objid = {} AND NOT granted",
                            number));
            if (waiting[0].integer("n") > 0) return true;
            pause(milliseconds{5});
        }
        return false;
    }

    void strike(Program& run, Blow blow) {
        switch (blow) {
            case Blow::kill_client:
                run.signal(SIGKILL);
                break;
            case Blow::end_session:
                Session(url_).execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name "
                    "= 'cm-migrate' AND datname = current_database()");
                break;
            case Blow::crash_server:
                cluster_->restart_immediately();
                break;
        }
    }

    Story const& story_;
    std::string url_{};
    ScratchCluster* cluster_{};
    ProjectFolder folder_{};
};

/// Every gate of every story.
int cut_off_at_every_gate(std::string const& url, ScratchCluster* cluster,
                          std::vector<Blow> const& blows) {
    int count = 0;
    for (auto const& story : stories()) {
        for (auto const blow : blows) {
            Stage stage(story, url, cluster);
            for (int gate_number = 1; gate_number <= story.gates; ++gate_number) {
                SCOPED_TRACE(
                    fmt::format("{}, {} at gate {}", story.name, name_of(blow), gate_number));
                stage.set();
                count += stage.cut_off_at(gate_number, blow) ? 1 : 0;
                stage.resume();
                stage.expect_exactly_once();
            }
        }
    }
    return count;
}

TEST(Crash, AtEveryStatement) {
    CM_NEEDS_SERVER();
    TestDatabase const database{server_url().value()};
    auto const count =
        cut_off_at_every_gate(database.url(), nullptr, {Blow::kill_client, Blow::end_session});
    fmt::print("cut off {} times at statements\n", count);
}

TEST(Crash, AtRandomMoments) {
    CM_NEEDS_SERVER();
    TestDatabase const database{server_url().value()};
    auto generator = make_generator();
    auto const all = stories();
    std::map<std::string, int> hits{};
    int remedies = 0;
    std::vector<std::unique_ptr<Stage>> stages{};
    std::vector<milliseconds> durations{};
    for (auto const& story : all) {
        stages.push_back(std::make_unique<Stage>(story, database.url(), nullptr));
        stages.back()->set();
        durations.push_back(stages.back()->duration());
        stages.back()->expect_exactly_once();
    }
    for (int i = 0; i < kills(usual_kills); ++i) {
        auto const which = static_cast<std::size_t>(i) % all.size();
        auto const blow =
            i / static_cast<int>(all.size()) % 2 == 0 ? Blow::kill_client : Blow::end_session;
        SCOPED_TRACE(fmt::format("{}, {}", all[which].name, name_of(blow)));
        auto& stage = *stages[which];
        stage.set();
        std::uniform_int_distribution<long> moment{0, durations[which].count()};
        auto const hit = stage.cut_off_after(milliseconds{moment(generator)}, blow);
        hits[fmt::format("{} / {}", all[which].name, name_of(blow))] += hit ? 1 : 0;
        stage.resume();
        stage.expect_exactly_once();
        if (testing::Test::HasFailure()) break;
    }
    int total = 0;
    for (auto const& [name, count] : hits) {
        fmt::print("{:<40} cut off {} times\n", name, count);
        total += count;
    }
    for (auto const& stage : stages) remedies += stage->remedies;
    fmt::print("{} runs, {} cut off, {} went on with the remedy that was shown\n",
               kills(usual_kills), total, remedies);
}

TEST(Crash, OfTheServer) {
    CM_NEEDS_SERVER();
    auto const binaries = find_server_binaries();
    if (!binaries) GTEST_SKIP() << "no server's binaries";
    ScratchCluster cluster(*binaries, {"synchronous_commit=on", "restart_after_crash=on"});
    auto const at_statements = cut_off_at_every_gate(cluster.url(), &cluster, {Blow::crash_server});
    auto generator = make_generator();
    int hits = 0;
    auto const all = stories();
    auto const wanted = std::max(5, kills(usual_kills) / 10);
    for (int i = 0; i < wanted; ++i) {
        auto const& story = all[static_cast<std::size_t>(i) % all.size()];
        SCOPED_TRACE(story.name);
        Stage stage(story, cluster.url(), &cluster);
        stage.set();
        std::uniform_int_distribution<long> moment{0, 300};
        hits += stage.cut_off_after(milliseconds{moment(generator)}, Blow::crash_server) ? 1 : 0;
        stage.resume();
        stage.expect_exactly_once();
    }
    fmt::print("the server crashed {} times at statements, {} of {} times at random moments\n",
               at_statements, hits, wanted);
}

}  // namespace

}  // namespace cm::test
