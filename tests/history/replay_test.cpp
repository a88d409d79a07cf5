#include "history/replay.hpp"

#include <gtest/gtest.h>

#include "history/apply_fixture.hpp"

namespace cm::history {

namespace {

/// Scripts on a server that others use.
class Replayed : public Apply {
  protected:
    /// What was left out, as "words because detail", one a line.
    std::string replayed(std::string script, ReplayServer server = ReplayServer::real_for_good) {
        ReplayState state{.server = server};
        replay(migration(std::move(script)), *connection_, sources_, state);
        EXPECT_EQ(read_report(to_rows(state.report)), state.report);
        std::string text{};
        for (auto const& one : state.report.left_out) {
            text += one.words;
            text += one.because == LeftOutBecause::reaches_out    ? " reaches out"
                    : one.because == LeftOutBecause::role_missing ? " role missing"
                                                                  : " hidden";
            text += one.detail.empty() ? "\n" : " " + one.detail + "\n";
        }
        return text;
    }

    std::size_t roles(std::string const& pattern) {
        return connection_->fetch("SELECT FROM pg_roles WHERE rolname LIKE $1", {pattern})
            .fields.size();
    }
};

TEST_F(Replayed, leaves_out_what_reaches_out_and_runs_the_rest) {
    EXPECT_EQ(replayed("CREATE ROLE cm_replayed; CREATE TABLE a (); ALTER SYSTEM SET work_mem = 1;"
                       "SELECT pg_reload_conf(); VACUUM a; CREATE TABLE b ()"),
              "CREATE ROLE `cm_replayed` reaches out\nALTER SYSTEM reaches out\n"
              "SELECT with pg_reload_conf() reaches out\n");
    EXPECT_EQ(tables(), "a,b");
    EXPECT_EQ(roles("cm_replayed"), 0U);
}

TEST_F(Replayed, leaves_a_block_out_where_no_private_server_can_be_had) {
    auto const script =
        "CREATE TABLE a (); DO $$ BEGIN CREATE ROLE cm_replayed; END $$; CREATE TABLE b ()";
    EXPECT_THROW(replayed(script, ReplayServer::real), NeedsPrivateServer);
    EXPECT_EQ(tables(), "");
    EXPECT_EQ(replayed(script),
              "a DO block hidden it accesses roles of the server: CREATE ROLE `cm_replayed`\n");
    EXPECT_EQ(tables(), "a,b");
    EXPECT_EQ(roles("cm_replayed"), 0U);
}

TEST_F(Replayed, never_runs_a_block_that_a_private_server_would_not_contain) {
    for (auto const server :
         {ReplayServer::real, ReplayServer::real_for_good, ReplayServer::temporary}) {
        EXPECT_EQ(replayed("DO $$ BEGIN COPY (SELECT 1) TO PROGRAM 'false'; END $$", server),
                  "a DO block hidden it accesses programs that the server runs: COPY … PROGRAM\n");
    }
}

TEST_F(Replayed, gives_no_text_about_files_and_programs_to_a_function_that_runs_it) {
    auto const script =
        "CREATE FUNCTION run(text) RETURNS void AS $$ BEGIN EXECUTE $1; END $$ LANGUAGE plpgsql;"
        "SELECT run('CREATE TABLE a ()'); SELECT run('COPY (SELECT 1) TO PROGRAM ''false''')";
    EXPECT_EQ(replayed(script, ReplayServer::temporary),
              "SELECT hidden it may access programs that the server runs: COPY … PROGRAM\n");
    EXPECT_EQ(tables(), "a");
}

TEST_F(Replayed, takes_the_body_from_a_function_that_reaches_out) {
    auto const definition =
        "CREATE TABLE t (a int);"
        "CREATE FUNCTION f() RETURNS boolean LANGUAGE sql AS 'SELECT pg_reload_conf()';"
        "CREATE FUNCTION g() RETURNS trigger AS $$ BEGIN PERFORM f(); PERFORM pg_switch_wal();"
        "RETURN NULL; END $$ LANGUAGE plpgsql;"
        "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();"
        "INSERT INTO t VALUES (1);";
    EXPECT_EQ(replayed(definition), "");
    EXPECT_EQ(value("SELECT count(*)::text FROM t"), "1");
    EXPECT_EQ(replayed("DROP TABLE t; DROP FUNCTION f; DROP FUNCTION g;" + std::string{definition} +
                       "INSERT INTO t SELECT 2 WHERE f(); SELECT f();"),
              "INSERT INTO `t` reaches out\n"
              "SELECT hidden it calls a function that reaches outside of the database\n");
    EXPECT_THROW(replayed("DROP TABLE t; DROP FUNCTION f; DROP FUNCTION g;" +
                              std::string{definition} + "SELECT f();",
                          ReplayServer::real),
                 NeedsPrivateServer);
}

TEST_F(Replayed, goes_on_without_a_role_statement_by_statement) {
    // VACUUM makes several transactions of the script.
    EXPECT_EQ(
        replayed("CREATE TABLE a (); VACUUM a; CREATE TABLE b ();"
                 "GRANT SELECT ON b TO cm_absent; CREATE TABLE c ();"
                 "ALTER TABLE c OWNER TO cm_absent"),
        "GRANT SELECT ON `b` role missing `cm_absent`\nALTER TABLE `c` role missing `cm_absent`\n");
    EXPECT_EQ(tables(), "a,b,c");
}

TEST_F(Replayed, takes_roles_that_migrations_make_as_existing) {
    EXPECT_EQ(replayed("CREATE TABLE a (); CREATE ROLE cm_made; GRANT SELECT ON a TO cm_made;"
                       "CREATE SCHEMA s AUTHORIZATION cm_made; GRANT cm_made TO CURRENT_USER;"
                       "COMMENT ON ROLE cm_made IS 'x'"),
              "CREATE ROLE `cm_made` reaches out\nGRANT or REVOKE of role `cm_made` reaches out\n"
              "COMMENT ON ROLE `cm_made` reaches out\n"
              "GRANT SELECT ON `a` (for `cm_made`) reaches out\n");
}

TEST_F(Replayed, keeps_the_part_of_a_statement_that_needs_no_role) {
    EXPECT_EQ(replayed("CREATE TABLE a (); ALTER TABLE a ADD b int, OWNER TO cm_absent;"
                       "CREATE SCHEMA AUTHORIZATION cm_absent"),
              "the role in ALTER TABLE `a` role missing `cm_absent`\n"
              "the role in CREATE SCHEMA role missing `cm_absent`\n");
    EXPECT_EQ(value("SELECT count(b)::text FROM a"), "0");
    EXPECT_EQ(value("SELECT count(*)::text FROM pg_namespace WHERE nspname = 'cm_absent'"), "1");
}

TEST_F(Replayed, keeps_a_policy_whose_role_is_missing) {
    EXPECT_EQ(replayed("CREATE TABLE a (); CREATE POLICY p ON a TO cm_absent, PUBLIC USING (true);"
                       "ALTER POLICY p ON a RENAME TO q; DROP POLICY q ON a"),
              "the role in CREATE POLICY `p` role missing `cm_absent`\n");
}

TEST_F(Replayed, knows_a_missing_role_that_a_block_puts_together) {
    auto const script =
        "CREATE TABLE a (); DO $$ BEGIN EXECUTE format('GRANT SELECT ON a TO %I', 'cm_' || "
        "'absent'); END $$; SELECT pg_has_role('cm_absent', 'USAGE')";
    EXPECT_THROW(replayed(script, ReplayServer::real), NeedsPrivateServer);
    EXPECT_EQ(replayed(script),
              "a DO block hidden missing role: `cm_absent`\n"
              "SELECT hidden missing role: `cm_absent`\n");
    EXPECT_EQ(replayed("DROP TABLE a;" + std::string{script}, ReplayServer::temporary), "");
    EXPECT_EQ(roles("cm_absent"), 1U);
    connection_->execute("DROP OWNED BY cm_absent; DROP ROLE cm_absent");
}

TEST_F(Replayed, blames_the_right_place_behind_what_was_left_out) {
    try {
        replayed(
            "CREATE ROLE cm_replayed; CREATE TABLE a ();\nCREATE ROLE cm_replayed;\n"
            "CREATE TABLE b (x itn);");
        FAIL();
    } catch (Failure const& failed) {
        expect_in(render(failed.diagnostics(), sources_, Color::never),
                  "migration.sql:3:19\n   |\n 3 | CREATE TABLE b (x itn);");
    }
}

TEST_F(Replayed, fills_nothing_from_another_server) {
    EXPECT_EQ(replayed("CREATE EXTENSION dblink;"
                       "CREATE TABLE a AS SELECT * FROM dblink('x', 'y') AS d(b int);"
                       "CREATE VIEW v AS SELECT * FROM dblink('x', 'y') AS d(b int);"
                       "CREATE MATERIALIZED VIEW m AS SELECT * FROM v WITH DATA;"
                       "REFRESH MATERIALIZED VIEW m; INSERT INTO a SELECT * FROM m"),
              "REFRESH MATERIALIZED VIEW `m` reaches out\nINSERT INTO `a` with `m` reaches out\n");
    EXPECT_EQ(value("SELECT count(b)::text FROM a"), "0");
}

TEST_F(Replayed, leaves_out_the_data_of_a_copy_with_it) {
    EXPECT_EQ(replayed("CREATE EXTENSION postgres_fdw;\nCREATE SERVER s FOREIGN DATA WRAPPER "
                       "postgres_fdw OPTIONS (host 'nowhere');\nCREATE FOREIGN TABLE f (b int) "
                       "SERVER s;\nCOPY f FROM STDIN;\n1\n\\.\nCREATE TABLE c ();\n"),
              "COPY `f` reaches out\n");
    EXPECT_EQ(tables(), "c");
}

TEST_F(Replayed, needs_no_tablespace) {
    EXPECT_EQ(replayed("CREATE TABLESPACE cm_fast LOCATION '/nowhere'; SET default_tablespace = "
                       "cm_fast; CREATE TABLE a (b int PRIMARY KEY USING INDEX TABLESPACE cm_fast) "
                       "TABLESPACE cm_fast; ALTER TABLE a SET TABLESPACE cm_fast"),
              "CREATE TABLESPACE `cm_fast` reaches out\nSET DEFAULT_TABLESPACE "
              "reaches out\n");
    EXPECT_EQ(tables(), "a");
}

}  // namespace

}  // namespace cm::history
