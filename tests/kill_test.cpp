// Killed at any moment, `dev` and `deploy` leave either nothing or a whole migration, and no
// scratch database. CM_KILLS sets how often each is killed (default 25); the seed of the moments is
// printed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "support/case_file.hpp"
#include "support/database.hpp"
#include "support/kills.hpp"
#include "support/program.hpp"

namespace cm::test {

namespace {

using std::chrono::milliseconds;

constexpr int usual_kills = 25;

/// Starts the program and kills it after `delay`; true if it was still running then.
bool run_and_kill(ProjectFolder const& folder, std::string const& url,
                  std::vector<std::string> const& arguments, milliseconds delay, int signal) {
    Program run(folder, url, arguments);
    if (run.wait_for(delay)) {
        return false;
    }
    run.signal(signal);
    run.wait();
    return true;
}

/// How long the command takes when nobody disturbs it.
milliseconds duration(ProjectFolder const& folder, std::string const& url,
                      std::vector<std::string> const& arguments) {
    auto const begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(run_and_kill(folder, url, arguments, milliseconds{20000}, SIGKILL));
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin);
}

/// The server may still be at work for a client that is gone: waits until nobody is connected but
/// us.
void wait_for_quiet(Session& session) {
    for (int i = 0; i < 300; ++i) {
        auto const others = session.fetch(
            "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND pid "
            "<> pg_backend_pid()");
        if (others[0].integer("n") == 0) {
            return;
        }
        std::this_thread::sleep_for(milliseconds{20});
    }
    FAIL() << "somebody stays connected";
}

/// Names of the tables t1, t2 … that are there with all their rows.
std::set<std::string> whole_tables(Session& session) {
    std::set<std::string> tables{};
    auto const rows = session.fetch(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ '^t[0-9]+$'");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const& name = rows[i].text("tablename");
        auto const count = session.fetch(fmt::format("SELECT count(*) AS n FROM {}", name));
        EXPECT_EQ(count[0].integer("n"), 200) << name;
        tables.insert(name);
    }
    return tables;
}

/// The tables of the migrations that the migrations table calls finished; none may be open.
std::set<std::string> recorded_tables(Session& session) {
    std::set<std::string> tables{};
    if (session.fetch("SELECT to_regclass('public._migrations') AS ledger")[0].is_null("ledger")) {
        return tables;
    }
    auto const rows =
        session.fetch("SELECT migration_name, finished_at IS NULL AS open FROM _migrations");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const& name = rows[i].text("migration_name");
        EXPECT_FALSE(rows[i].boolean("open")) << name;
        EXPECT_TRUE(tables.insert(name.substr(name.rfind('_') + 1)).second)
            << name << " is recorded twice";
    }
    return tables;
}

void add_migrations(ProjectFolder const& folder, int count) {
    for (int i = 1; i <= count; ++i) {
        folder.add(
            {fmt::format("prisma/migrations/2026010100000{}_t{}/migration.sql", i, i),
             fmt::format("CREATE TABLE t{0} (id int PRIMARY KEY, text text);\n"
                         "INSERT INTO t{0} SELECT n, 'x' FROM generate_series(1, 100) n;\n"
                         "SELECT pg_sleep(0.01);\n"
                         "INSERT INTO t{0} SELECT n, 'y' FROM generate_series(101, 200) n;\n",
                         i)});
    }
}

void empty(Session& session) {
    session.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
}

TEST(Kill, DeployAppliesEachMigrationWholeOrNotAtAll) {
    CM_NEEDS_SERVER();
    TestDatabase const database{server_url().value()};
    ProjectFolder const folder{};
    add_migrations(folder, 5);
    Session session{database.url()};
    auto generator = make_generator();
    auto const whole = duration(folder, database.url(), {"deploy"});
    std::uniform_int_distribution<long> moment{0, whole.count()};
    empty(session);
    int killed = 0, begun = 0;
    for (int i = 0; i < kills(usual_kills); ++i) {
        killed += run_and_kill(folder, database.url(), {"deploy"}, milliseconds{moment(generator)},
                               i % 3 == 0 ? SIGTERM : SIGKILL);
        wait_for_quiet(session);
        auto const tables = whole_tables(session);
        EXPECT_EQ(tables, recorded_tables(session));
        if (tables.size() == 5) {
            empty(session);
            ++begun;
        }
    }
    fmt::print("killed {} times of {}, {} whole histories\n", killed, kills(usual_kills), begun);
    EXPECT_FALSE(run_and_kill(folder, database.url(), {"deploy"}, milliseconds{10000}, SIGKILL));
    EXPECT_EQ(whole_tables(session).size(), 5U);
    EXPECT_GT(killed, 0);
}

/// Every folder of the history holds a whole script; hidden ones do not belong to it, and are gone
/// in the end.
void expect_whole_folders(std::filesystem::path const& migrations, bool may_have_hidden) {
    if (!std::filesystem::exists(migrations)) {
        return;
    }
    for (auto const& entry : std::filesystem::directory_iterator(migrations)) {
        if (may_have_hidden && entry.path().filename().string().starts_with('.')) {
            continue;
        }
        if (!entry.is_directory()) {
            EXPECT_EQ(entry.path().filename(), "migration_lock.toml");
            continue;
        }
        auto const script = entry.path() / "migration.sql";
        ASSERT_TRUE(std::filesystem::exists(script)) << entry.path();
        EXPECT_TRUE(read_text(script).ends_with(
            "CREATE UNIQUE INDEX \"Post_title_key\" ON \"Post\"(\"title\");\n"));
    }
}

TEST(Kill, DevLeavesWholeFilesAndNoScratchDatabase) {
    CM_NEEDS_SERVER();
    TestDatabase const database{server_url().value()};
    auto generator = make_generator();
    Session session{database.url()};
    std::vector<std::string> const arguments{"dev", "--name", "init"};
    std::optional<std::uniform_int_distribution<long>> moment{};
    int killed = 0;
    for (int i = 0; i < kills(usual_kills); ++i) {
        ProjectFolder const folder{};
        folder.add({"prisma/schema.prisma",
                    "datasource db {\n  provider = \"postgresql\"\n}\n\nmodel Post {\n  id Int @id "
                    "@default(autoincrement())\n"
                    "  title String @unique\n}\n"});
        if (!moment) {
            moment.emplace(0, duration(folder, database.url(), arguments).count());
        }
        empty(session);
        std::filesystem::remove_all(folder.project() / "prisma/migrations");
        killed += run_and_kill(folder, database.url(), arguments,
                               milliseconds{(*moment)(generator)}, i % 3 == 0 ? SIGINT : SIGKILL);
        wait_for_quiet(session);
        expect_whole_folders(folder.project() / "prisma/migrations", true);
        // The next one goes on from there, whatever was left.
        EXPECT_FALSE(run_and_kill(folder, database.url(), arguments, milliseconds{15000}, SIGKILL));
        expect_whole_folders(folder.project() / "prisma/migrations", false);
        auto const applied =
            session.fetch("SELECT count(*) AS n FROM _migrations WHERE finished_at IS NOT NULL");
        EXPECT_EQ(applied[0].integer("n"), 1);
    }
    fmt::print("killed {} times of {}\n", killed, kills(usual_kills));
    EXPECT_GT(killed, 0);
    EXPECT_EQ(database.left_behind(std::chrono::seconds{15}), "");
}

}  // namespace

}  // namespace cm::test
