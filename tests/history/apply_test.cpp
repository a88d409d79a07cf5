// Migrations on a real server: what is done, what is recorded, what is said.
#include <fmt/format.h>

#include <thread>

#include "history/apply_fixture.hpp"
#include "history/compare.hpp"
#include "history/replay.hpp"
#include "pg/advisory_lock.hpp"

namespace cm::history {
namespace {

TEST_F(Apply, RecordsWhatItDid) {
    run("CREATE TABLE a (b int); -- last line without an end");
    EXPECT_EQ(tables(), "a");
    auto const entry = only_entry();
    EXPECT_EQ(entry.migration_name, "1_it's \"odd\" \\ name");
    EXPECT_EQ(entry.checksum, sha256("CREATE TABLE a (b int); -- last line without an end"));
    EXPECT_TRUE(entry.is_finished && !entry.is_rolled_back && !entry.logs);
    EXPECT_EQ(value("SELECT count(started_at)::text FROM _migrations"), "1");
    EXPECT_EQ(entry.applied_steps_count, 1);
    EXPECT_EQ(entry.id.size(), 36U);
    EXPECT_EQ(value("SELECT id::uuid::text FROM _migrations"), entry.id);
}

TEST_F(Apply, TakesAllKindsOfFiles) {
    for (std::string const script :
         {"", "-- nothing", "\n;;\n", "/* a */",
          "\xEF\xBB\xBF"
          "CREATE TABLE bom ();",
          "CREATE TABLE crlf (\r\n);\r\n",
          "CREATE FUNCTION f() RETURNS void AS $$ BEGIN PERFORM 1; END; $$ LANGUAGE plpgsql; "
          "SELECT f();",
          "SELECT 1"}) {
        EXPECT_NO_THROW(run(script)) << script;
    }
    EXPECT_EQ(tables(), "bom,crlf");
}

TEST_F(Apply, KeepsTheBodyOfAFunctionTogether) {
    constexpr auto first_with_such_bodies = 140'000;
    if (connection_->server_version() < first_with_such_bodies) {
        GTEST_SKIP() << "BEGIN ATOMIC came with PostgreSQL 14";
    }
    run("CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; END;");
    EXPECT_EQ(value("SELECT g()::text"), "1");
}

TEST_F(Apply, ShowsTheWordThatPostgresqlPointsAt) {
    auto const report = failure("-- é\ncreate table a();\ncreate table b(y itn);\n");
    EXPECT_EQ(report,
              "error[CM0504]: migration `1_it's \"odd\" \\ name` failed: type \"itn\" does not "
              "exist (42704)\n"
              "  --> migrations/1/migration.sql:3:18\n"
              "   |\n"
              " 3 | create table b(y itn);\n"
              "   |                  ^^^\n"
              "   = note: rolled back; no changes were made\n"
              "   = help: correct the file or the data, then run the command again\n");
    EXPECT_EQ(tables(), "");
    auto const entry = only_entry();
    EXPECT_TRUE(!entry.is_finished && entry.is_rolled_back);
    EXPECT_EQ(entry.logs, "ERROR: type \"itn\" does not exist (42704)");
}

TEST_F(Apply, BlamesTheStatementOfARuntimeError) {
    connection_->execute("CREATE TABLE users (id int); INSERT INTO users VALUES (1)");
    auto const report = failure(
        "ALTER TABLE users ADD a int;;\n\n-- why\nALTER TABLE \"users\" ADD COLUMN \"age\" INTEGER "
        "NOT NULL;\nSELECT 1;\n");
    expect_in(report, "contains null values (23502)");
    expect_in(report, "migration.sql:4:1\n");
    expect_in(report, " 4 | ALTER TABLE \"users\" ADD COLUMN \"age\" INTEGER NOT NULL;\n");
    expect_in(report, "= help: add the column without NOT NULL");
}

TEST_F(Apply, ReportsSyntaxErrors) {
    expect_in(failure("CREATE TABLE a (\n  b int\n"), "migration.sql:2:8\n");
    expect_in(failure("CREATE TABEL a ();"), "   |        ^^^^^\n");
    expect_in(failure("SELECT 1;\nSELECT 'open"), "migration.sql:2:8\n");
    EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(Apply, ReportsWhatOnlyCommitFinds) {
    auto const report = failure(
        "CREATE TABLE a (b int PRIMARY KEY, c int REFERENCES a DEFERRABLE INITIALLY "
        "DEFERRED);\nINSERT INTO a VALUES (1, 2);");
    expect_in(report, "violates foreign key constraint");
    EXPECT_EQ(report.find("-->"), std::string::npos) << "no statement is to blame";
    EXPECT_EQ(tables(), "");
}

TEST_F(Apply, RefusesWhatCannotBeSent) {
    expect_in(failure("CREATE TABLE a (b int);\nCOPY a FROM STDIN;\n1\n"), "CM0507");
    expect_in(failure("\\c other\nSELECT 1;"), "psql command");
    expect_in(failure(std::string("SELECT 1;\0 SELECT 2", 18)), "NUL byte");
    expect_in(failure("SELECT '\xFF';"), "UTF-8");
    EXPECT_TRUE(read(migrations_table_, *connection_).empty());
    EXPECT_EQ(tables(), "");
}

TEST_F(Apply, GoesStepByStepWhereItMust) {
    run("CREATE TABLE a (b int);\nCREATE INDEX CONCURRENTLY i ON a (b);\n");
    EXPECT_EQ(value("SELECT count(*)::text FROM pg_indexes WHERE indexname = 'i'"), "1");
    auto const entry = only_entry();
    EXPECT_TRUE(entry.is_finished);
    EXPECT_EQ(entry.applied_steps_count, 2);
}

TEST_F(Apply, SaysWhatStaysOfAnUnfinishedScript) {
    auto const report = failure(
        "CREATE TABLE a (b int);\nINSERT INTO a VALUES (1), (1);\nCREATE UNIQUE INDEX CONCURRENTLY "
        "i ON a (b);\nCREATE TABLE c ();\n");
    expect_in(report, "migration.sql:3:1\n");
    expect_in(report, "= note: statements 1 to 2 of 4 were committed and are still in place\n");
    expect_in(report, "invalid index");
    expect_in(report, "resolve --applied");
    EXPECT_EQ(tables(), "a");
    auto const entry = only_entry();
    EXPECT_EQ(entry.applied_steps_count, 2);
    EXPECT_FALSE(entry.is_finished);
    expect_in(entry.logs.value_or(""), "23505");
    auto const record = parse_step_record(entry.logs.value_or(""));
    ASSERT_TRUE(record.has_value());
    EXPECT_EQ(record->done, 2U);
    EXPECT_EQ(record->total, 4U);
    EXPECT_FALSE(record->in_flight) << "what it left is seen in the catalog";
}

TEST_F(Apply, LetsNoObjectOfTheSessionLeakIntoTheNext) {
    for (std::string const end : {"", "CREATE INDEX CONCURRENTLY i ON t (b);"}) {
        connection_->execute("DROP TABLE IF EXISTS t; CREATE TABLE t (b int)");
        run("CREATE TEMP TABLE here (b int); PREPARE p AS SELECT 1; LISTEN l; DECLARE c CURSOR "
            "WITH HOLD FOR SELECT 1;" +
            end);
        EXPECT_EQ(value("SELECT (to_regclass('here') IS NULL)::text"), "true");
        EXPECT_EQ(value("SELECT (SELECT count(*) FROM pg_prepared_statements) + (SELECT count(*) "
                        "FROM pg_cursors WHERE name <> '') + (SELECT count(*) FROM "
                        "pg_listening_channels())"),
                  "0");
    }
}

TEST_F(Apply, LeavesAScriptItsOwnTransactions) {
    run("CREATE TYPE e AS ENUM ('a', 'b');\nBEGIN;\nCREATE TYPE n AS ENUM ('a');\nDROP TYPE "
        "e;\nALTER TYPE n RENAME TO e;\nCOMMIT;\nCREATE TABLE t (e e);");
    EXPECT_EQ(tables(), "t");
    EXPECT_TRUE(only_entry().is_finished);
    auto const report =
        failure("CREATE TABLE u ();\nBEGIN;\nCREATE TABLE v ();\nSELECT 1/0;\nCOMMIT;");
    expect_in(report, "migration.sql:4:1\n");
    expect_in(report, "statement 1 of 5 was committed and is still in place");
    EXPECT_EQ(tables(), "t,u");
    expect_in(failure("BEGIN;\nCREATE TABLE w ();"), "does not end it");
    EXPECT_EQ(tables(), "t,u");
    EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(Apply, TriesAgainWithoutATransactionWhereThatHelps) {
    connection_->execute(
        "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (e e); "
        "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE made (); COMMIT; END $$");
    run("ALTER TYPE e ADD VALUE 'b';\nINSERT INTO t VALUES ('b');");
    run("CALL p();");
    EXPECT_EQ(value("SELECT count(*)::text FROM t"), "1");
    EXPECT_EQ(tables(), "made,t");
    auto const entries = read(migrations_table_, *connection_);
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].applied_steps_count, 2);
    EXPECT_TRUE(entries[0].is_finished && entries[1].is_finished);
}

TEST_F(Apply, LetsNoSettingLeakIntoTheNext) {
    auto const before = value("SHOW search_path");
    for (std::string const script : {"SET search_path = pg_catalog; SET ROLE pg_monitor; SET "
                                     "standard_conforming_strings = off;",
                                     "SELECT set_config('search_path', '', false);",
                                     "BEGIN; SET search_path = x; SET ROLE pg_monitor; COMMIT;",
                                     "SET SESSION AUTHORIZATION pg_monitor"}) {
        EXPECT_NO_THROW(run(script)) << script;
        EXPECT_EQ(value("SHOW search_path"), before) << script;
        EXPECT_EQ(value("SELECT (current_user = session_user)::text"), "true") << script;
        EXPECT_EQ(value("SHOW standard_conforming_strings"), "on") << script;
    }
    failure("BEGIN; COMMIT; SET search_path = x; SELECT 1/0;");
    EXPECT_EQ(value("SHOW search_path"), before);
}

TEST_F(Apply, NamesALostConnection) {
    try {
        run("CREATE TABLE a (); SELECT pg_terminate_backend(pg_backend_pid())");
        FAIL() << "it succeeded";
    } catch (Failure const& failed) {
        EXPECT_EQ(failed.diagnostics().front().code, "CM0408");
        EXPECT_EQ(failed.exit_code(), ExitCode::cannot_connect);
    }
}

TEST_F(Apply, ReplaysAndRunsScriptsWithoutARecord) {
    ReplayState state{};
    replay(migration("CREATE TABLE a ();"), *connection_, sources_, state);
    execute_script("seed.sql", "CREATE TABLE b ();", *connection_, sources_);
    EXPECT_EQ(tables(), "a,b");
    EXPECT_TRUE(read(migrations_table_, *connection_).empty());
    try {
        replay(migration("CREATE TABLE a ();"), *connection_, sources_, state);
        FAIL();
    } catch (Failure const& failed) {
        EXPECT_EQ(failed.diagnostics().front().code, "CM0505");
    }
    try {
        execute_script("seed.sql", "CREATE TABLE c (); SELECT 1/0", *connection_, sources_);
        FAIL();
    } catch (Failure const& failed) {
        EXPECT_EQ(failed.diagnostics().front().code, "CM0506");
    }
    EXPECT_EQ(tables(), "a,b");
}

TEST_F(Apply, TakesHugeScripts) {
    std::string script = "CREATE TABLE a (b text);\n";
    while (script.size() < 3'000'000) {
        script += "INSERT INTO a VALUES ('" + std::string(2000, 'x') + "');\n";
    }
    run(script);
    EXPECT_EQ(value("SELECT (count(*) > 1400)::text FROM a"), "true");
    expect_in(failure(script + "SELECT nope;"), "relation \"a\" already exists");
}

/// A service may bring several databases up to date at once (include/cm_migrate): what threads
/// share is nothing, which the thread sanitizer sees to (tests/sanitize.sh). A run as a program
/// makes it: the lock, what is pending, and a failure.
void bring_up_to_date(std::string const& url) {
    pg::Connection connection(pg::parse_url(url));
    pg::AdvisoryLock const lock(connection, "threads", std::chrono::seconds(30), {});
    MigrationsTable const migrations_table{{"public", "_migrations"}};
    connection.execute(create_table_statement(migrations_table));
    SourceMap sources{};
    for (int i = 0; i < 5; ++i) {
        auto const script = fmt::format(
            "CREATE TABLE t{0} ();\nCREATE INDEX CONCURRENTLY i{0} ON t{0} ((1));\n", i);
        apply({fmt::format("{}", i), "migration.sql", script, sha256(script)}, migrations_table,
              connection, sources);
    }
    std::string const wrong =
        "DO $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '40001'; END $$;\n";
    EXPECT_THROW(apply({"wrong", "migration.sql", wrong, sha256(wrong)}, migrations_table,
                       connection, sources, {.limits = {.retries = 1}}),
                 Failure);
    auto const comparison = compare(Directory{}, read(migrations_table, connection));
    EXPECT_EQ(comparison.missing.size(), 5U);
}

TEST(ApplyInThreads, WorksOnDatabasesOfTheirOwn) {
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
