#include "sql/effects.hpp"

#include <gtest/gtest.h>

namespace cm::sql {

namespace {

std::vector<Outside> reached(std::string_view statement,
                             std::set<std::string> const& relations = {}) {
    std::vector<Outside> found{};
    for (auto const& reach : effects(statement, relations).reaches) found.push_back(reach.outside);
    return found;
}

struct Example {
    std::string_view statement{};
    Outside outside{};
};

using enum Outside;

TEST(Effects, of_statements_that_reach_beyond_the_database) {
    Example const examples[] = {
        {"CREATE ROLE app LOGIN PASSWORD 'secret'", roles},
        {"CREATE USER app", roles},
        {"CREATE GROUP app", roles},
        {"ALTER ROLE app PASSWORD 'secret'", roles},
        {"ALTER USER app SET work_mem = '5MB'", roles},
        {"ALTER ROLE ALL IN DATABASE d SET work_mem = '5MB'", roles},
        {"ALTER GROUP a ADD USER b", roles},
        {"ALTER ROLE a RENAME TO b", roles},
        {"DROP ROLE IF EXISTS a, b", roles},
        {"GRANT a TO b", roles},
        {"REVOKE a FROM b", roles},
        {"COMMENT ON ROLE a IS 'x'", roles},
        {"SECURITY LABEL ON ROLE a IS 'x'", roles},
        {"REASSIGN OWNED BY a TO b", roles},
        {"DROP OWNED BY a", roles},
        {"ALTER DATABASE d SET work_mem = '5MB'", databases},
        {"ALTER DATABASE d RESET ALL", databases},
        {"ALTER DATABASE d CONNECTION LIMIT 3", databases},
        {"ALTER DATABASE d RENAME TO e", databases},
        {"ALTER DATABASE d OWNER TO a", databases},
        {"ALTER DATABASE d REFRESH COLLATION VERSION", databases},
        {"CREATE DATABASE e", databases},
        {"DROP DATABASE e", databases},
        {"GRANT CONNECT ON DATABASE d TO a", databases},
        {"REVOKE ALL ON DATABASE d FROM PUBLIC", databases},
        {"COMMENT ON DATABASE d IS 'x'", databases},
        {"REINDEX DATABASE d", databases},
        {"ALTER SYSTEM SET work_mem = '5MB'", server},
        {"CHECKPOINT", server},
        {"GRANT SET ON PARAMETER work_mem TO a", server},
        {"SELECT pg_reload_conf()", server},
        {"SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_stat_activity", server},
        {"SELECT * FROM pg_create_logical_replication_slot('s', 'pgoutput')", server},
        {"SELECT \"pg_reload_conf\"()", server},
        {"SELECT U&\"pg\\005freload_conf\"()", server},
        {"SELECT cron.schedule('x', '* * * * *', 'select 1')", server},
        {"UPDATE pg_database SET datallowconn = false WHERE datname = 'd'", databases},
        {"UPDATE pg_catalog.pg_authid SET rolsuper = true", roles},
        {"WITH x AS (DELETE FROM pg_db_role_setting RETURNING 1) SELECT * FROM x", roles},
        {"CREATE TABLESPACE t LOCATION '/x'", tablespaces},
        {"ALTER TABLESPACE t RENAME TO u", tablespaces},
        {"DROP TABLESPACE t", tablespaces},
        {"CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p", subscriptions},
        {"ALTER SUBSCRIPTION s DISABLE", subscriptions},
        {"ALTER SUBSCRIPTION s OWNER TO a", subscriptions},
        {"DROP SUBSCRIPTION s", subscriptions},
        {"COPY t TO PROGRAM 'x'", programs},
        {"COPY t FROM PROGRAM 'x'", programs},
        {"COPY t TO '/tmp/x'", files},
        {"COPY (SELECT 1) TO '/tmp/x'", files},
        {"SELECT lo_export(1, '/tmp/x')", files},
        {"INSERT INTO t SELECT pg_read_file('/etc/passwd')", files},
        {"SELECT dblink_exec('dbname=x', 'DROP TABLE t')", other_servers},
        {"INSERT INTO t SELECT * FROM extensions.dblink('x', 'y') AS d(a int)", other_servers},
        {"SELECT net.http_post('http://x')", other_servers},
        {"CREATE USER MAPPING FOR a SERVER s OPTIONS (password 'secret')", other_servers},
        {"IMPORT FOREIGN SCHEMA x FROM SERVER s INTO y", other_servers},
        {"SELECT query_to_xml('SELECT pg_reload_conf()', true, true, '')", server},
    };
    for (auto const& [statement, outside] : examples) {
        EXPECT_EQ(reached(statement), std::vector{outside}) << statement;
        EXPECT_TRUE(may_reach_out(statement)) << statement;
        for (auto const& reach : effects(statement).reaches) {
            EXPECT_EQ(reach.words.find("secret"), std::string::npos) << reach.words;
        }
    }
}

TEST(Effects, of_blocks_and_routines_that_reach_out_when_they_run) {
    Example const examples[] = {
        {"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'a') THEN CREATE ROLE a; "
         "END IF; END $$",
         roles},
        {"DO $$ BEGIN EXECUTE 'CREATE ROLE a'; END $$", roles},
        {"DO $$ BEGIN EXECUTE format('ALTER ROLE %I SET x = %L', 'a', 'b'); END $$", roles},
        {"DO $$ BEGIN EXECUTE 'CREATE ' || 'ROLE ' || quote_ident('a'); END $$", roles},
        {"DO $$ DECLARE s text := 'GRANT a TO b'; BEGIN EXECUTE s; END $$", roles},
        {"DO $$ BEGIN UPDATE pg_database SET datistemplate = true; END $$", databases},
        {"DO $$ BEGIN EXECUTE 'UPDATE pg_catalog.pg_database SET x = 1'; END $$", databases},
        {"DO $$ BEGIN EXECUTE 'ALTER RO' || 'LE a LOGIN'; END $$", roles},
        {"DO $$ DECLARE s text := 'ALTER RO'; BEGIN s := s || 'LE a LOGIN'; EXECUTE s; END $$",
         roles},
        {"DO $$ BEGIN EXECUTE format('GRANT %I TO %I', 'a', 'b'); END $$", roles},
        {"DO 'BEGIN EXECUTE ''DROP USER a''; END'", roles},
        {"DO $$ DECLARE r record; BEGIN FOR r IN EXECUTE 'DROP ROLE a' LOOP END LOOP; END $$",
         roles},
        {"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET x = 1', current_database()); END $$",
         databases},
        {"DO $$ BEGIN PERFORM pg_terminate_backend(1); END $$", server},
        {"DO $$ DECLARE x text := pg_reload_conf(); BEGIN END $$", server},
        {"DO $$ BEGIN COPY t TO PROGRAM 'x'; END $$", programs},
        {"DO $$ BEGIN EXECUTE 'COPY t TO ''/x'''; END $$", files},
        {"DO $$ BEGIN PERFORM dblink_exec('x', 'y'); END $$", other_servers},
        {"DO LANGUAGE plpython3u $$ import os $$", programs},
        {"DO $$ DECLARE r record; BEGIN FOR r IN SELECT c FROM cs LOOP EXECUTE r.c; END LOOP; END "
         "$$",
         unknown},
        {"DO $$ BEGIN EXECUTE convert_from(decode('Q1JFQVRF', 'base64'), 'UTF8'); END $$", unknown},
        {"CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE ROLE a; END $$",
         roles},
        {"CREATE FUNCTION f() RETURNS bool LANGUAGE sql AS 'SELECT pg_reload_conf()'", server},
        {"CREATE FUNCTION f() RETURNS bool LANGUAGE sql BEGIN ATOMIC SELECT pg_reload_conf(); END",
         server},
        {"CREATE FUNCTION f() RETURNS bool RETURN pg_reload_conf()", server},
        {"CREATE FUNCTION f() RETURNS bool LANGUAGE internal AS 'pg_reload_conf'", server},
        {"CREATE PROCEDURE f() LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'ALTER ROLE a LOGIN'; END $$",
         roles},
    };
    for (auto const& [statement, outside] : examples) {
        auto const found = reached(statement);
        EXPECT_NE(std::find(found.begin(), found.end(), outside), found.end()) << statement;
        EXPECT_TRUE(may_reach_out(statement)) << statement;
    }
}

TEST(Effects, of_what_stays_in_the_database) {
    std::string_view const examples[] = {
        "CREATE TABLE \"role\" (\"user\" text, database text)",
        "CREATE TABLE t (a text DEFAULT 'CREATE ROLE x')",
        "INSERT INTO t VALUES ('DROP ROLE a; ALTER SYSTEM SET x = 1; dblink(')",
        "GRANT SELECT ON t TO a",
        "ALTER TABLE t OWNER TO a",
        "ALTER DEFAULT PRIVILEGES FOR ROLE a GRANT SELECT ON TABLES TO b",
        "CREATE POLICY p ON t TO a USING (true)",
        "CREATE VIEW v AS SELECT * FROM pg_roles",
        "SELECT * FROM pg_database JOIN pg_authid ON oid = datdba",
        "INSERT INTO t SELECT datname FROM pg_database",
        "DO $$ BEGIN EXECUTE 'INSERT INTO t SELECT datname FROM pg_database'; END $$",
        "NOTIFY channel",
        "SELECT pg_notify('a', 'b')",
        "SELECT set_config('a', 'b', false)",
        "COPY t FROM STDIN",
        "REINDEX TABLE t",
        "CREATE EXTENSION dblink",
        "CREATE SERVER s FOREIGN DATA WRAPPER w",
        "CREATE TABLE t (a int) TABLESPACE pg_default",
        "DO $$ BEGIN CREATE TABLE t (a int); EXECUTE 'DROP TABLE ' || 'u'; END $$",
        "DO $$ BEGIN RAISE NOTICE 'CREATE ROLE a is left to you'; END $$",
        "DO $$ BEGIN EXECUTE format('GRANT SELECT ON %I TO a', 't'); END $$",
        "DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables LOOP "
        "EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', r.tablename); END LOOP; END $$",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.a := now(); RETURN "
        "NEW; END $$",
        "CREATE FUNCTION role_of(a int) RETURNS int LANGUAGE sql AS 'SELECT a'",
    };
    for (auto const statement : examples) {
        EXPECT_EQ(reached(statement), std::vector<Outside>{}) << statement;
        EXPECT_FALSE(effects(statement).is_mixed) << statement;
    }
    EXPECT_FALSE(
        may_reach_out("CREATE TABLE t (a int REFERENCES u); CREATE INDEX i ON t (a);"
                      "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u (a);"));
}

TEST(Effects, of_tables_that_lie_outside) {
    using Names = std::vector<std::string>;
    auto const outside = [](std::string_view statement, std::set<std::string> const& known = {}) {
        return effects(statement, known).outside_relations;
    };
    EXPECT_EQ(outside("CREATE FOREIGN TABLE f (a int) SERVER s"), Names{"f"});
    EXPECT_EQ(outside("CREATE FOREIGN TABLE f PARTITION OF p DEFAULT SERVER s"), (Names{"p", "f"}));
    EXPECT_EQ(outside("ALTER TABLE p ATTACH PARTITION f DEFAULT", {"f"}), Names{"p"});
    EXPECT_EQ(outside("ALTER TABLE p ATTACH PARTITION g DEFAULT", {"f"}), Names{});
    EXPECT_EQ(outside("CREATE VIEW v AS SELECT * FROM f", {"f"}), Names{"v"});
    EXPECT_EQ(outside("CREATE VIEW v AS SELECT * FROM dblink('a', 'b') AS d(a int)"), Names{"v"});
    EXPECT_EQ(outside("CREATE VIEW v AS SELECT 1"), Names{});
    EXPECT_EQ(outside("CREATE TABLE t (a text DEFAULT dblink('a', 'b'))"), Names{"t"});
    EXPECT_EQ(outside("CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO f VALUES (1)", {"f"}),
              Names{"t"});
    EXPECT_EQ(reached("INSERT INTO f VALUES (1)", {"f"}), std::vector{other_servers});
    EXPECT_EQ(reached("INSERT INTO t SELECT * FROM f", {"f"}), std::vector{other_servers});
    EXPECT_EQ(reached("INSERT INTO t VALUES (1)", {"f"}), std::vector<Outside>{});
    EXPECT_EQ(reached("DO $$ BEGIN DELETE FROM f; END $$", {"f"}), std::vector{other_servers});
    EXPECT_EQ(reached("ANALYZE f", {"f"}), std::vector{other_servers});
    EXPECT_EQ(reached("DROP FOREIGN TABLE f", {"f"}), std::vector<Outside>{});
    EXPECT_EQ(reached("ALTER FOREIGN TABLE f ADD a int", {"f"}), std::vector<Outside>{});
}

TEST(Effects, that_cannot_be_told_from_a_change_of_the_database) {
    EXPECT_TRUE(effects("DROP OWNED BY a").is_mixed);
    EXPECT_TRUE(effects("SELECT dblink('a') INTO t").is_mixed);
    EXPECT_TRUE(effects("ALTER TABLE t ADD a text DEFAULT dblink('a')").is_mixed);
    for (auto const alias :
         {"ALTER FUNCTION dblink_exec(text, text) RENAME TO harmless",
          "CREATE OPERATOR ## (LEFTARG = text, RIGHTARG = text, FUNCTION = dblink_exec)",
          "CREATE AGGREGATE a (text) (SFUNC = public.dblink_exec, STYPE = text)",
          "CREATE CAST (a AS text) WITH FUNCTION dblink_exec(a)"}) {
        EXPECT_EQ(reached(alias), std::vector{other_servers}) << alias;
        EXPECT_TRUE(effects(alias).is_mixed) << alias;
    }
    EXPECT_EQ(reached("ALTER FUNCTION dblink_exec(text) OWNER TO a"), std::vector<Outside>{});
    EXPECT_EQ(reached("DROP FUNCTION dblink_exec(text)"), std::vector<Outside>{});
    EXPECT_FALSE(effects("SELECT dblink('a')").is_mixed);
    EXPECT_FALSE(effects("CREATE ROLE a").is_mixed);
}

TEST(Effects, are_named_without_secrets) {
    EXPECT_EQ(effects("ALTER ROLE app PASSWORD 'one'").reaches.at(0).words, "ALTER ROLE `app`");
    EXPECT_EQ(effects("alter database d set x = 1").reaches.at(0).words, "ALTER DATABASE `d`");
    EXPECT_EQ(effects("SELECT dblink_exec('password=one', 'x')").reaches.at(0).words,
              "dblink_exec()");
    EXPECT_EQ(effects("create function s.f() returns int language sql as 'select 1'").words,
              "CREATE FUNCTION `f`");
    EXPECT_EQ(effects("insert into t values (1)").words, "INSERT INTO `t`");
    EXPECT_EQ(effects("update only s.t set a = 1").words, "UPDATE `t`");
    EXPECT_EQ(effects("create or replace temporary view v as select 1").words,
              "CREATE TEMPORARY VIEW `v`");
    EXPECT_EQ(effects("execute p").words, "EXECUTE `p`");
    EXPECT_EQ(effects("fetch all from c").words, "FETCH `c`");
}

TEST(Effects, name_roles_with_their_places) {
    using Roles = std::vector<NamedRole>;
    EXPECT_EQ(named_roles("GRANT SELECT ON t TO a, PUBLIC, b"), (Roles{{"a", 21}, {"b", 32}}));
    EXPECT_EQ(named_roles("CREATE SCHEMA AUTHORIZATION joe"), (Roles{{"joe", 28}}));
    EXPECT_EQ(named_roles("SET ROLE a"), (Roles{{"a", {}}}));
    EXPECT_EQ(named_roles("ALTER TABLE t OWNER TO \"A\""), (Roles{{"A", 23}}));
    EXPECT_EQ(named_roles("DO $$ BEGIN GRANT SELECT ON t TO a; END $$"), (Roles{{"a", {}}}));
    EXPECT_EQ(named_roles("DO $$ BEGIN EXECUTE 'GRANT SELECT ON t TO a'; END $$"),
              (Roles{{"a", {}}}));
    EXPECT_EQ(named_roles("ALTER TABLE t OWNER TO CURRENT_USER"), Roles{});
}

TEST(Effects, of_syntax_that_the_parser_does_not_know_are_told_by_words) {
    EXPECT_EQ(reached("ALTER SYSTEM TAKE x WITH NOTHING"), std::vector{server});
    EXPECT_EQ(reached("ALTER ROLE a NEW THING"), std::vector{roles});
    EXPECT_EQ(reached("CREATE TABLE t (a int GENERATED ALWAYS AS (1) VIRTUAL)"),
              std::vector<Outside>{});
    EXPECT_EQ(reached("CREATE TABLE t (a text DEFAULT 'DROP ROLE a', b int GENERATED ALWAYS AS (1) "
                      "VIRTUAL)"),
              std::vector<Outside>{});
    auto const table = effects(
        "CREATE TABLE t (a text DEFAULT dblink('x', 'y'), b int GENERATED "
        "ALWAYS AS (1) VIRTUAL)");
    EXPECT_TRUE(table.is_mixed);
    auto const function =
        effects("CREATE FUNCTION f() RETURNS int NEW SYNTAX LANGUAGE plpgsql AS 'DROP ROLE a'");
    EXPECT_EQ(function.statement_class, StatementClass::routine);
    EXPECT_EQ(function.reaches.size(), 1U);
}

}  // namespace

}  // namespace cm::sql
