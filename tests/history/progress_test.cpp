// Migrations that stop halfway or meet others: what is kept, and how it goes on.
#include <thread>

#include "history/apply_fixture.hpp"

namespace cm::history {
namespace {

using Resume = Apply;

TEST_F(Resume, GoesOnWhereItStopped) {
    connection_->execute("CREATE SCHEMA s");
    std::string const done =
        "SET search_path = s;\nCREATE TABLE a (b int);\nINSERT INTO a VALUES (1), (1);\n";
    failure(done + "CREATE UNIQUE INDEX CONCURRENTLY i ON a (b);\nCREATE TABLE c ();\n");
    EXPECT_EQ(value("SELECT indisvalid::text FROM pg_index WHERE indexrelid = 's.i'::regclass"),
              "false");
    connection_->execute("DELETE FROM s.a WHERE ctid = '(0,1)'");
    resume_stopped("-- a comment\n" + done +
                   "CREATE UNIQUE INDEX CONCURRENTLY i ON a (b);\nCREATE TABLE d ();\n");
    EXPECT_EQ(value("SELECT indisvalid::text FROM pg_index WHERE indexrelid = 's.i'::regclass"),
              "true");
    EXPECT_EQ(value("SELECT count(*)::text FROM pg_class WHERE relname = 'd' AND relnamespace = "
                    "'s'::regnamespace"),
              "1");
    auto const entry = only_entry();
    EXPECT_TRUE(entry.is_finished && !entry.logs);
    EXPECT_EQ(entry.applied_steps_count, 5);
}

TEST_F(Resume, DoesNotGoOnWithWhatWasEdited) {
    failure("CREATE TABLE a (b int);\nCREATE INDEX CONCURRENTLY i ON a (c);\n");
    try {
        resume_stopped("CREATE TABLE a (b text);\nCREATE INDEX CONCURRENTLY i ON a (b);\n");
        FAIL() << "it went on";
    } catch (Failure const& failed) {
        EXPECT_EQ(failed.diagnostics().front().code, "CM0515");
    }
    EXPECT_FALSE(only_entry().is_finished);
}

TEST_F(Resume, AsksWhereTheCatalogueKnowsNothing) {
    connection_->execute(
        "CREATE TABLE t (n int); CREATE PROCEDURE p() LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO t VALUES (1); COMMIT; PERFORM 1/0; END $$");
    std::string const script = "CREATE TABLE a ();\nCALL p();\nCREATE TABLE b ();\n";
    failure(script);
    EXPECT_EQ(value("SELECT count(*)::text FROM t"), "1");
    try {
        resume_stopped(script);
        FAIL() << "it went on";
    } catch (Failure const& failed) {
        auto const report = render(failed.diagnostics(), sources_, Color::never);
        expect_in(report, "CM0516");
        expect_in(report, "`cm-migrate deploy --resume-from 3`");
    }
    EXPECT_EQ(value("SELECT count(*)::text FROM t"), "1");
    resume_stopped(script, StepPosition{2, false});
    EXPECT_EQ(tables(), "a,b,t");
    EXPECT_TRUE(only_entry().is_finished);
}

TEST_F(Resume, GoesOnInAChainOfTransactions) {
    std::string const head = "BEGIN; CREATE TABLE a (); COMMIT AND CHAIN; ";
    auto const report = failure(head + "CREATE TABLE b (); SELECT 1/0; COMMIT;");
    expect_in(report, "statements 1 to 3 of 6 were committed and are still in place");
    EXPECT_EQ(tables(), "a");
    EXPECT_FALSE(only_entry().is_rolled_back);
    resume_stopped(head + "CREATE TABLE b (); SAVEPOINT s; COMMIT;");
    EXPECT_EQ(tables(), "a,b");
    EXPECT_TRUE(only_entry().is_finished);
}

TEST_F(Resume, KeepsTheReasonIfItCannotGoOn) {
    failure("CREATE ROLE cm_passing; SET ROLE cm_passing; RESET ROLE; VACUUM; SELECT 1/0");
    connection_->execute("DROP ROLE cm_passing");
    auto const before = only_entry();
    EXPECT_THROW(
        resume_stopped("CREATE ROLE cm_passing; SET ROLE cm_passing; RESET ROLE; VACUUM; SELECT 1"),
        Failure);
    EXPECT_EQ(only_entry(), before);
}

TEST_F(Resume, KeepsStretchesTransactional) {
    auto const report = failure(
        "CREATE TABLE a (b int);\nCREATE INDEX CONCURRENTLY i ON a (b);\nCREATE TABLE c ();\n"
        "CREATE TABLE d ();\nSELECT 1/0;\nCREATE TABLE e ();\n");
    expect_in(report, "statements 1 to 2 of 6 were committed and are still in place");
    expect_in(report, "the statements after them were rolled back");
    EXPECT_EQ(tables(), "a");
    EXPECT_EQ(only_entry().applied_steps_count, 2);
}

TEST_F(Resume, GoesStatementByStatementWhenAsked) {
    auto const report = failure(
        "-- cm-migrate: no-transaction\nCREATE TABLE a ();\nCREATE TABLE b ();\nSELECT 1/0;\n");
    expect_in(report, "statements 1 to 2 of 3 were committed and are still in place");
    EXPECT_EQ(tables(), "a,b");
}

TEST_F(Resume, CommitsANewEnumValueOnlyWhereItIsUsed) {
    connection_->execute("CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (e e)");
    std::string const added =
        "CREATE TABLE a ();\nALTER TYPE e ADD VALUE 'b';\nCREATE TABLE b ();\n";
    failure(added + "INSERT INTO t VALUES ('b');\nSELECT 1/0;\n");
    EXPECT_EQ(tables(), "a,b,t");
    EXPECT_EQ(only_entry().applied_steps_count, 3) << "one commit, before the value is used";
    EXPECT_EQ(value("SELECT count(*)::text FROM t"), "0");
    resume_stopped(added + "INSERT INTO t VALUES ('b');\n");
    EXPECT_EQ(value("SELECT count(*)::text FROM t"), "1");
}

/// What had been done by then is in doubt: not a case of "try again", which `failure` looks at.
TEST_F(Resume, IsNotMerelyBusyWhereSomethingIsInDoubt) {
    connection_->execute(
        "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; RAISE EXCEPTION 'no' USING "
        "ERRCODE = '55P03'; END $$");
    expect_in(failure("CALL p();"), "part of it may have taken effect");
}

TEST_F(Resume, LeavesAScriptItsOwnLockTimeout) {
    connection_->execute("CREATE TABLE t (b int)");
    pg::Connection other(pg::parse_url(database_->url()));
    other.execute("BEGIN; LOCK TABLE t");
    std::thread releasing([&] { other.execute("SELECT pg_sleep(2); COMMIT"); });
    ApplyOptions options{};
    options.limits.lock_timeout = std::chrono::milliseconds{60'000};
    EXPECT_THROW(apply(migration("SET lock_timeout = '100ms';\nCREATE INDEX CONCURRENTLY i ON t "
                                 "(b);\n"),
                       migrations_table_, *connection_, sources_, options),
                 Failure);
    releasing.join();
}

TEST_F(Resume, TriesAgainWhenALockIsNotToBeHad) {
    connection_->execute("CREATE TABLE t ()");
    pg::Connection other(pg::parse_url(database_->url()));
    other.execute("BEGIN; LOCK TABLE t");
    int tries = 0;
    ApplyOptions options{};
    options.limits.lock_timeout = std::chrono::milliseconds{50};
    options.limits.retries = 3;
    auto const usual = value("SHOW lock_timeout");
    options.limits.retrying = [&](Retry const& retry) {
        EXPECT_EQ(retry.reason.sqlstate, "55P03");
        EXPECT_EQ(retry.attempt, ++tries);
        EXPECT_EQ(tables(), "t") << "what was done so far is undone before the pause";
        if (tries == 2) {
            other.execute("COMMIT");
        }
    };
    apply(migration("CREATE TABLE a ();\nALTER TABLE t ADD b int;\n"), migrations_table_,
          *connection_, sources_, options);
    EXPECT_EQ(tries, 2);
    EXPECT_EQ(tables(), "a,t");
    EXPECT_EQ(value("SHOW lock_timeout"), usual);
}

TEST_F(Resume, GivesUpOnALockInTheEnd) {
    connection_->execute("CREATE TABLE t ()");
    pg::Connection other(pg::parse_url(database_->url()));
    other.execute("BEGIN; LOCK TABLE t");
    ApplyOptions options{};
    options.limits.lock_timeout = std::chrono::milliseconds{20};
    options.limits.retries = 1;
    EXPECT_THROW(apply(migration("ALTER TABLE t ADD b int;"), migrations_table_, *connection_,
                       sources_, options),
                 Failure);
    EXPECT_TRUE(only_entry().is_rolled_back);
}

TEST_F(Resume, SettlesALostConnectionOnANewOne) {
    connection_->execute("CREATE TABLE t ()");
    ApplyOptions const options{
        .limits = {}, .reconnect = [this] { connection_->reconnect(); }, .settled = {}};
    auto const report = [&](std::string script) {
        try {
            apply(migration(std::move(script)), migrations_table_, *connection_, sources_, options);
        } catch (Failure const& failed) {
            EXPECT_EQ(failed.exit_code(), ExitCode::cannot_connect);
            return render(failed.diagnostics(), sources_, Color::never);
        }
        return std::string{"it succeeded"};
    };
    std::string const die = "SELECT pg_terminate_backend(pg_backend_pid());";
    expect_in(report("CREATE TABLE b ();" + die), "rolled back");
    EXPECT_TRUE(read(migrations_table_, *connection_).empty());
    expect_in(report("CREATE INDEX CONCURRENTLY i ON t ((1)); CREATE TABLE c ();" + die),
              "it stopped after statement 1 of 3");
    EXPECT_EQ(tables(), "t");
    EXPECT_EQ(only_entry().applied_steps_count, 1);
}

TEST_F(Resume, AppliesSeveralTogetherOrNone) {
    std::vector<std::string> begun{};
    auto const together = [&](std::vector<Migration> const& migrations) {
        apply_together(migrations, migrations_table_, *connection_, sources_, {},
                       [&](Migration const& m) { begun.push_back(m.name); });
    };
    try {
        together({migration("CREATE TABLE a (); SET search_path = pg_catalog;", "1"),
                  migration("CREATE TABLE b ();\nCREATE TABLE a ();", "2"),
                  migration("CREATE TABLE c ();", "3")});
        FAIL() << "they were applied";
    } catch (Failure const& failed) {
        auto const report = render(failed.diagnostics(), sources_, Color::never);
        expect_in(report, "migration `2` failed");
        expect_in(report, "migration.sql:2:1");
    }
    EXPECT_EQ(tables(), "");
    EXPECT_EQ(only_entry().migration_name, "2");
    EXPECT_EQ(begun, (std::vector<std::string>{"1", "2"}));
    together({migration("CREATE TABLE a (); SET search_path = pg_catalog;", "1"),
              migration("CREATE TABLE b ();", "2")});
    EXPECT_EQ(tables(), "a,b");
    EXPECT_THROW(together({migration("VACUUM", "4")}), Failure);
}

}  // namespace
}  // namespace cm::history
