// Scratch databases on a real server: that they are there, and above all that they go.
#include "pg/scratch_database.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>

#include "base/diagnostic.hpp"
#include "pg/database.hpp"
#include "pg/empty_database.hpp"
#include "support/database.hpp"

namespace cm::pg {
namespace {

using namespace std::chrono_literals;

class Scratch : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        database_ = std::make_unique<test::TestDatabase>(*test::server_url());
        url_ = parse_url(database_->url());
    }

    std::unique_ptr<test::TestDatabase> database_{};
    Url url_{};
};

std::string tables(Connection& connection) {
    return connection
        .fetch(
            "SELECT coalesce(string_agg(schemaname || '.' || tablename, ','), '') AS t FROM "
            "pg_tables WHERE schemaname !~ '^(pg_|neighbour)' AND schemaname <> "
            "'information_schema'")[0]
        .text("t");
}

TEST_F(Scratch, LivesAsLongAsItsObject) {
    {
        auto scratch = ScratchDatabase::make(url_);
        EXPECT_NE(database_name(scratch.url()), database_name(url_));
        scratch.connection().execute(
            "CREATE SCHEMA other; CREATE TABLE other.b (); CREATE TABLE a ()");
        EXPECT_NE(database_->scratch_databases_left(0ms), "");
        scratch.clear();
        EXPECT_EQ(tables(scratch.connection()), "");
        scratch.connection().execute("CREATE TABLE a ()");
        auto const moved = std::move(scratch);
    }
    EXPECT_EQ(database_->scratch_databases_left(0ms), "");
}

TEST_F(Scratch, HasTheSchemaOfTheUrl) {
    url_.schema = "my schema";
    auto scratch = ScratchDatabase::make(url_);
    scratch.connection().execute("CREATE TABLE a ()");
    EXPECT_EQ(tables(scratch.connection()), "my schema.a");
    scratch.clear();
    scratch.connection().execute("CREATE TABLE b ()");
    EXPECT_EQ(tables(scratch.connection()), "my schema.b");
}

TEST_F(Scratch, NeedsNoTargetDatabase) {
    url_ = with_database(url_, "cm_not_made_yet");
    auto scratch = ScratchDatabase::make(url_);
    scratch.connection().execute("CREATE TABLE a ()");
    EXPECT_EQ(tables(scratch.connection()), "public.a");
}

TEST_F(Scratch, GoesAlsoWhenItsProcessIsKilled) {
    for (auto const delay : {1ms, 5ms, 10ms, 20ms, 40ms, 80ms, 160ms, 320ms}) {
        auto const child = ::fork();
        if (child == 0) {
            auto scratch = ScratchDatabase::make(url_);
            scratch.connection().execute("CREATE TABLE a (); SELECT pg_sleep(60)");
            ::_exit(0);
        }
        std::this_thread::sleep_for(delay);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
    }
    // A database whose CREATE is still under way is not seen at once.
    std::this_thread::sleep_for(1500ms);
    EXPECT_EQ(database_->scratch_databases_left(10s), "");
}

TEST_F(Scratch, HoldsNoPipeOpenAfterItsProcess) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    auto const child = ::fork();
    if (child == 0) {
        ::dup2(pipe[1], 1);
        auto const scratch = ScratchDatabase::make(url_);
        ::kill(::getpid(), SIGKILL);
    }
    ::close(pipe[1]);
    auto const start = std::chrono::steady_clock::now();
    char byte = 0;
    EXPECT_EQ(::read(pipe[0], &byte, 1), 0);
    ::waitpid(child, nullptr, 0);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
    ::close(pipe[0]);
    EXPECT_EQ(database_->scratch_databases_left(10s), "");
}

TEST_F(Scratch, UsesAPrivateServerWhereTheRoleMayNotMakeDatabases) {
    test::TestDatabase const poor(*test::server_url(), test::RoleRights::no_createdb);
    auto const poor_url = parse_url(poor.url());
    Connection connection(poor_url);
    EXPECT_FALSE(may_create_databases(connection));
    std::string folder{};
    {
        auto scratch = ScratchDatabase::make(poor_url);
        folder = server_address(scratch.url());
        EXPECT_TRUE(folder.starts_with('/')) << folder;
        scratch.connection().execute("CREATE TABLE a ()");
    }
    EXPECT_FALSE(std::filesystem::exists(folder));
}

/// What a process has started, and passed a word on to: others of the machine are not our business.
struct Started {
    int processes{};
    std::set<std::string> folders{};
};

Started started_with(std::string const& word) {
    Started found{};
    for (auto const& entry : std::filesystem::directory_iterator("/proc")) {
        if (std::atoi(entry.path().filename().c_str()) <= 1) continue;
        auto const read = [&](char const* file) {
            std::ifstream stream(entry.path() / file);
            return std::string(std::istreambuf_iterator<char>(stream), {});
        };
        if (read("environ").find(word) == std::string::npos) continue;
        ++found.processes;
        auto const arguments = read("cmdline");
        if (auto const at = arguments.find("/tmp/cm-migrate-"); at != std::string::npos) {
            found.folders.insert(
                arguments.substr(at, arguments.find_first_of(std::string("/\0", 2), at + 5) - at));
        }
    }
    return found;
}

TEST_F(Scratch, PrivateServerGoesAlsoWhenItsProcessIsKilled) {
    std::set<std::string> folders{};
    auto const word = fmt::format("CM_STARTED_BY={}-", ::getpid());
    for (auto const delay : {100ms, 700ms, 1600ms}) {
        auto const child = ::fork();
        if (child == 0) {
            ::setenv("CM_STARTED_BY", fmt::format("{}-", ::getppid()).c_str(), 1);
            auto scratch = ScratchDatabase::make({});
            scratch.connection().execute("SELECT pg_sleep(60)");
            ::_exit(0);
        }
        auto const end = std::chrono::steady_clock::now() + delay;
        while (std::chrono::steady_clock::now() < end) {
            folders.merge(started_with(word).folders);
            std::this_thread::sleep_for(20ms);
        }
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
    }
    EXPECT_FALSE(folders.empty()) << "no server was seen";
    auto const is_gone = [&] {
        return started_with(word).processes == 0 &&
               std::none_of(folders.begin(), folders.end(),
                            [](auto const& folder) { return std::filesystem::exists(folder); });
    };
    for (int i = 0; i < 100 && !is_gone(); ++i) std::this_thread::sleep_for(100ms);
    EXPECT_TRUE(is_gone());
}

/// A database beside the target, to be named as shadow database.
class Shadow : public Scratch {
  protected:
    void SetUp() override {
        Scratch::SetUp();
        if (IsSkipped()) return;
        shadow_url_ = with_database(url_, database_name(url_) + "_shadow");
        create_database(shadow_url_);
    }

    void TearDown() override {
        if (IsSkipped()) return;
        Connection target(url_);
        drop_database(target, database_name(shadow_url_));
    }

    Url shadow_url_{};
};

TEST_F(Shadow, IsMarkedAndEmptiedBeforeAndAfterwards) {
    Connection shadow(shadow_url_);
    shadow.execute("CREATE TABLE old ()");
    EXPECT_FALSE(is_shadow(shadow));
    {
        auto scratch = ScratchDatabase::make(url_, ShadowDatabase{shadow_url_, {}});
        EXPECT_EQ(tables(scratch.connection()), "");
        scratch.connection().execute("CREATE TABLE a ()");
    }
    EXPECT_EQ(tables(shadow), "");
    EXPECT_TRUE(is_shadow(shadow));
}

TEST_F(Shadow, IsLeftAsItIsWhenItIsRefused) {
    Connection shadow(shadow_url_);
    shadow.execute("CREATE TABLE precious ()");
    auto const refuse = [](Connection& connection) {
        throw Failure(error("CM0415", "not {}", database_name(connection.url())));
    };
    EXPECT_THROW(ScratchDatabase::make(url_, ShadowDatabase{shadow_url_, refuse}), Failure);
    EXPECT_EQ(tables(shadow), "public.precious");
    EXPECT_FALSE(is_shadow(shadow));
}

TEST_F(Shadow, HasTheSchemaOfTheTarget) {
    url_.schema = "tenant";
    auto scratch = ScratchDatabase::make(url_, ShadowDatabase{shadow_url_, {}});
    scratch.connection().execute("CREATE TABLE a ()");
    EXPECT_EQ(tables(scratch.connection()), "tenant.a");
}

TEST_F(Shadow, HasTheSettingsOfTheTargetAsAPrivateServerHas) {
    SessionSettings const settings{{"TimeZone", "Europe/Berlin", true},
                                   {"app.tenant", "x y", true},
                                   {"lc_monetary", "no such locale", false}};
    auto const check = [](ScratchDatabase scratch) {
        scratch.connection().execute("SET TimeZone = 'UTC'; RESET ALL");
        auto const rows = scratch.connection().fetch(
            "SELECT current_setting('timezone') AS zone, current_setting('app.tenant') AS tenant");
        EXPECT_EQ(rows[0].text("zone"), "Europe/Berlin");
        EXPECT_EQ(rows[0].text("tenant"), "x y");
    };
    check(ScratchDatabase::make(url_, ShadowDatabase{shadow_url_, {}}, settings));
    check(ScratchDatabase::make_private(url_, settings));
}

TEST_F(Shadow, IsAsNewAfterwards) {
    auto const script =
        "CREATE PUBLICATION p FOR ALL TABLES; CREATE SCHEMA ext; CREATE EXTENSION hstore SCHEMA "
        "ext; CREATE SCHEMA member; ALTER EXTENSION hstore ADD SCHEMA member; CREATE FUNCTION e() "
        "RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER e ON "
        "ddl_command_end EXECUTE FUNCTION e(); CREATE EXTENSION file_fdw; CREATE SERVER s FOREIGN "
        "DATA WRAPPER file_fdw; CREATE TYPE two AS (a int); CREATE CAST (text AS two) WITH INOUT; "
        "SELECT lo_create(4711)";
    auto scratch = ScratchDatabase::make(url_, ShadowDatabase{shadow_url_, {}});
    for (int i = 0; i < 2; ++i) {
        EXPECT_NO_THROW(scratch.connection().execute(script)) << i;
        scratch.clear();
    }
}

TEST_F(Shadow, MayHoldMoreThanOneTransactionHasLocksFor) {
    auto scratch = ScratchDatabase::make(url_, ShadowDatabase{shadow_url_, {}});
    for (int i = 0; i < 15; ++i) {
        scratch.connection().execute(
            "DO $$ BEGIN FOR i IN 1..100 LOOP EXECUTE 'CREATE TABLE t' || pg_backend_pid() || '_' "
            "|| (random() * 1000000000)::int || ' (id serial PRIMARY KEY, a text UNIQUE)'; END "
            "LOOP; END $$");
    }
    scratch.clear();
    EXPECT_EQ(tables(scratch.connection()), "");
}

TEST_F(Shadow, IdentityTellsDatabasesApartWhateverTheUrl) {
    Connection shadow(shadow_url_);
    Connection target(url_);
    auto other = url_;
    other.schema = "other";
    Connection again(other);
    again.execute(
        "SET TimeZone = 'Asia/Tokyo'; SET DateStyle = German; SET extra_float_digits = 0");
    EXPECT_NE(identity(shadow), identity(target));
    EXPECT_EQ(identity(again), identity(target));
}

TEST_F(Scratch, AbandonedOnesAreRemovedAfterAMinute) {
    Connection connection(url_);
    auto const make = [&](int age) {
        auto const name =
            connection
                .fetch(
                    "SELECT 'cm_migrate_scratch_' || to_hex(extract(epoch FROM now())::bigint - "
                    "$1::int) || substr(md5(random()::text), 1, 16) AS n",
                    {std::to_string(age)})[0]
                .text("n");
        connection.execute("CREATE DATABASE " + name);
        return name;
    };
    auto const old = make(300);
    auto const fresh = make(0);
    auto const in_use = make(300);
    Connection const user(with_database(url_, in_use));
    remove_abandoned_scratch_databases(connection);
    auto const exists = [&](std::string const& name) {
        return database_exists(with_database(url_, name));
    };
    EXPECT_FALSE(exists(old));
    EXPECT_TRUE(exists(fresh));
    EXPECT_TRUE(exists(in_use));
    drop_database(connection, fresh);
    drop_database(connection, in_use);
}

}  // namespace
}  // namespace cm::pg
