// Sessions with a real server.
#include "pg/connection.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "base/diagnostic.hpp"
#include "support/database.hpp"

namespace cm::pg {
namespace {

TEST(Connection, CountsCharactersAsPostgresqlDoes) {
    EXPECT_EQ(byte_offset("héllo", 1), 0U);
    EXPECT_EQ(byte_offset("héllo", 3), 3U);
    EXPECT_EQ(byte_offset("héllo", 99), 6U);
}

class ServerConnection : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        database_ = std::make_unique<test::TestDatabase>(*test::server_url());
    }

    Url url() const { return parse_url(database_->url()); }

    static std::string code(Url const& url) {
        try {
            Connection const connection(url);
        } catch (Failure const& failed) {
            return std::string(failed.diagnostics().front().code);
        }
        return "connected";
    }

    std::unique_ptr<test::TestDatabase> database_{};
};

TEST_F(ServerConnection, FetchesWithParameters) {
    Connection connection(url());
    auto const rows = connection.fetch("SELECT $1::text AS a, $2::int + 1 AS b, $3::text AS c",
                                       {"it's", "41", std::nullopt});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].text("a"), "it's");
    EXPECT_EQ(rows[0].integer("b"), 42);
    EXPECT_TRUE(rows[0].is_null("c"));
    EXPECT_GE(connection.server_version(), 120000);
}

TEST_F(ServerConnection, SaysWhichStatementFailed) {
    Connection connection(url());
    try {
        connection.execute("SELECT 1; SELECT 2; SELECT 1/0; SELECT 3");
        FAIL() << "no error";
    } catch (SqlError const& failed) {
        EXPECT_EQ(failed.completed(), 2U);
        EXPECT_EQ(failed.server().sqlstate, "22012");
        EXPECT_FALSE(failed.connection_lost());
    }
    try {
        connection.execute("SELECT 'é'; SELECT nope");
        FAIL() << "no error";
    } catch (SqlError const& failed) {
        EXPECT_EQ(failed.server().position, 20);
    }
    EXPECT_EQ(connection.fetch("SELECT 1 AS one")[0].integer("one"), 1);
}

TEST_F(ServerConnection, SurvivesCopy) {
    Connection connection(url());
    connection.execute(
        "CREATE TABLE a (b int); COPY (SELECT generate_series(1, 10000)) TO STDOUT; SELECT 1");
    EXPECT_THROW(connection.execute("COPY a FROM STDIN"), SqlError);
    EXPECT_EQ(connection.fetch("SELECT count(*) AS n FROM a")[0].integer("n"), 0);
}

TEST_F(ServerConnection, SetsAndRestoresTheSearchPath) {
    auto strange = url();
    strange.schema = "my \"odd\\ schema";
    Connection connection(strange);
    auto const expected = "\"my \"\"odd\\ schema\"";
    EXPECT_EQ(connection.fetch("SHOW search_path")[0].text("search_path"), expected);
    connection.execute("SET search_path = x; SET ROLE pg_monitor; SET work_mem = '1MB'");
    connection.execute(connection.reset_statements());
    EXPECT_EQ(connection.fetch("SHOW search_path")[0].text("search_path"), expected);
    EXPECT_EQ(connection.fetch("SELECT current_user = session_user AS same")[0].boolean("same"),
              true);
    EXPECT_EQ(connection.fetch("SHOW application_name")[0].text("application_name"), "cm-migrate");
}

TEST_F(ServerConnection, ReadsBackslashesAsTheyAre) {
    Connection(url()).execute(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET standard_conforming_strings = off', "
        "current_database()); END $$");
    Connection connection(url());
    EXPECT_EQ(connection.fetch("SELECT 'a\\b' AS text")[0].text("text"), "a\\b");
    connection.execute(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET standard_conforming_strings', "
        "current_database()); END $$");
}

TEST_F(ServerConnection, HearsNotices) {
    Connection connection(url());
    std::vector<std::string> heard{};
    connection.on_notice([&](ServerMessage const& notice) {
        heard.push_back(notice.severity + " " + notice.message);
    });
    auto moved = std::move(connection);
    moved.execute("DO $$ BEGIN RAISE WARNING 'careful'; END $$");
    EXPECT_EQ(heard, std::vector<std::string>{"WARNING careful"});
}

TEST_F(ServerConnection, TellsRefusalsApart) {
    EXPECT_EQ(code(with_database(url(), "cm_no_such_database")), "CM0404");
    auto wrong_role = url();
    wrong_role.parameters["user"] = "cm_no_such_role";
    EXPECT_EQ(code(wrong_role), "CM0403");
    auto nobody_there = url();
    nobody_there.parameters["host"] = "127.0.0.1";
    nobody_there.parameters["port"] = "1";
    EXPECT_EQ(code(nobody_there), "CM0402");
    auto second_host = url();
    auto const host = second_host.parameters["host"];
    auto const port = second_host.parameters["port"];
    second_host.parameters["host"] = "/cm-none," + host;
    second_host.parameters["port"] = "1," + (port.empty() ? "5432" : port);
    EXPECT_EQ(code(second_host), "connected");
}

TEST_F(ServerConnection, GivesUpOnASilentServer) {
    auto silent = url();
    silent.parameters["host"] = "192.0.2.1";  // RFC 5737: answers nobody
    silent.parameters["connect_timeout"] = "1";
    auto const start = std::chrono::steady_clock::now();
    EXPECT_EQ(code(silent), "CM0402");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST_F(ServerConnection, NoticesALostSession) {
    Connection connection(url());
    Connection other(url());
    other.fetch("SELECT pg_terminate_backend($1::int)", {std::to_string(connection.backend_pid())});
    try {
        connection.execute("SELECT pg_sleep(1)");
        FAIL() << "still there";
    } catch (SqlError const& failed) {
        EXPECT_TRUE(failed.connection_lost());
        EXPECT_THROW(throw_failure(failed, "testing"), Failure);
    }
    EXPECT_THROW(connection.execute("SELECT 1"), SqlError);
}

TEST(Connection, TurnsAnErrorIntoAFailure) {
    try {
        throw_failure(
            SqlError({.sqlstate = "42501", .message = "permission denied", .detail = "why"}),
            "testing");
    } catch (Failure const& failed) {
        auto const& diagnostic = failed.diagnostics().front();
        EXPECT_EQ(diagnostic.code, "CM0406");
        EXPECT_EQ(diagnostic.message, "testing failed: permission denied (42501)");
        EXPECT_EQ(diagnostic.notes, std::vector<std::string>{"why"});
        EXPECT_EQ(failed.exit_code(), ExitCode::failure);
    }
    // A lock that is not free today may be free in a moment.
    try {
        throw_failure(SqlError({.sqlstate = "55P03", .message = "lock timeout"}), "testing");
    } catch (Failure const& failed) {
        EXPECT_EQ(failed.exit_code(), ExitCode::busy);
    }
}

TEST_F(ServerConnection, RollsBackUnlessCommitted) {
    Connection connection(url());
    connection.execute("CREATE TABLE a (b int)");
    {
        Transaction const undone(connection);
        connection.execute("INSERT INTO a VALUES (1)");
    }
    {
        Transaction done(connection);
        connection.execute("INSERT INTO a VALUES (2)");
        done.commit();
    }
    EXPECT_EQ(connection.fetch("SELECT b FROM a")[0].integer("b"), 2);
    EXPECT_FALSE(connection.in_transaction());
}

/// In a child process, because the handler's memory of a signal cannot be wiped.
TEST_F(ServerConnection, IsInterruptedByASignal) {
    auto const target = url();
    auto const child = ::fork();
    if (child == 0) {
        install_interrupt_handler();
        try {
            Connection connection(target);
            connection.execute("SELECT pg_sleep(30)");
        } catch (Failure const& failed) {
            ::_exit(failed.diagnostics().front().code == "CM0409"
                        ? static_cast<int>(failed.exit_code())
                        : 2);
        }
        ::_exit(1);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    auto const start = std::chrono::steady_clock::now();
    ::kill(child, SIGINT);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(WEXITSTATUS(status), 130);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
    Connection connection(target);
    EXPECT_EQ(connection
                  .fetch("SELECT count(*) AS n FROM pg_stat_activity WHERE query LIKE 'SELECT "
                         "pg_sleep(30)%' AND state = 'active' AND datname = current_database()")[0]
                  .integer("n"),
              0);
}

}  // namespace
}  // namespace cm::pg
