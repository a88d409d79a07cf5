#include "sql/rewrite.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace cm::sql {

namespace {

TEST(Rewrite, a_query_is_not_carried_out) {
    EXPECT_EQ(without_data("CREATE TABLE a AS SELECT 1 -- one"),
              "CREATE TABLE a AS SELECT 1 -- one\nWITH NO DATA");
    EXPECT_EQ(without_data("CREATE MATERIALIZED VIEW a AS SELECT 1 WITH DATA"),
              "CREATE MATERIALIZED VIEW a AS SELECT 1  WITH NO DATA");
    EXPECT_EQ(without_data("CREATE TABLE a AS SELECT 1 WITH NO DATA"),
              "CREATE TABLE a AS SELECT 1 WITH NO DATA");
}

TEST(Rewrite, roles_are_made_without_login_and_without_anything_else) {
    EXPECT_EQ(without_login("CREATE USER \"A b\" SUPERUSER PASSWORD 'x'"),
              "CREATE ROLE \"A b\" NOLOGIN");
    EXPECT_EQ(without_login("ALTER ROLE a LOGIN"), std::nullopt);
    EXPECT_EQ(created_role("CREATE ROLE a"), "a");
    EXPECT_EQ(created_role("DROP ROLE a"), std::nullopt);
}

/// `digest`: of the body, if that stands in a string.
std::string raising(std::string_view digest) {
    return fmt::format(
        "AS $cm_migrate$BEGIN /* cm-migrate: without its body{} */ RAISE EXCEPTION USING ERRCODE = "
        "'CMREP', MESSAGE = 'it reaches outside of the database'; END$cm_migrate$",
        digest);
}

TEST(Rewrite, a_routine_keeps_its_head_and_loses_its_body) {
    auto const stub = [](std::string_view statement) {
        return with_stub_body(statement, "CMREP").value_or("none");
    };
    EXPECT_EQ(stub("CREATE FUNCTION f(a int) RETURNS int STABLE AS 'x', 'y' LANGUAGE c STRICT"),
              std::string{"CREATE FUNCTION f(a int) RETURNS int STABLE "} +
                  raising(" 51555d760c232a38") + " LANGUAGE plpgsql STRICT");
    EXPECT_EQ(stub("CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN g()"),
              std::string{"CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql "} + raising(""));
    EXPECT_EQ(stub("CREATE PROCEDURE f(return int) BEGIN ATOMIC SELECT 1; END"),
              std::string{"CREATE PROCEDURE f(return int) LANGUAGE plpgsql "} + raising(""));
    EXPECT_EQ(
        stub("CREATE FUNCTION f() RETURNS trigger LANGUAGE 'plpgsql' AS $$ x $$"),
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $cm_migrate$BEGIN /* cm-migrate: "
        "without its body aee99159a01a4549 */ IF TG_OP = "
        "'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END$cm_migrate$");
    EXPECT_EQ(stub("CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$ x $$"),
              "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $cm_migrate$BEGIN /* "
              "cm-migrate: without its body aee99159a01a4549 */ NULL; END$cm_migrate$");
    EXPECT_EQ(stub("DROP FUNCTION f"), "none");
}

TEST(Rewrite, a_routine_without_its_body_says_which_one_it_had) {
    auto const printed = [](std::string_view body) {
        return fmt::format(
            "CREATE OR REPLACE FUNCTION public.f()\n RETURNS void\n LANGUAGE plpgsql\n STABLE\nAS "
            "$function${}$function$\n",
            body);
    };
    auto const written = with_stub_body(
        "CREATE FUNCTION f() RETURNS void STABLE LANGUAGE plpgsql AS ' x\r\n '", "CMREP");
    auto const begin = written->find("BEGIN"), end = written->rfind("$cm_migrate$");
    auto const stub = printed(written->substr(begin, end - begin));
    EXPECT_TRUE(is_stub_of(stub, printed(" x\n "), "CMREP"));
    EXPECT_FALSE(is_stub_of(stub, printed(" y\n "), "CMREP"));
    EXPECT_FALSE(is_stub_of(printed(" x\n "), printed(" x\n "), "CMREP"));
    auto other = printed(" x\n ");
    other.replace(other.find("STABLE"), 6, "STRICT");
    EXPECT_FALSE(is_stub_of(stub, other, "CMREP"));
}

TEST(Rewrite, missing_roles_become_the_current_user) {
    EXPECT_EQ(with_current_user("CREATE SCHEMA s AUTHORIZATION a", {"a"}),
              "CREATE SCHEMA s AUTHORIZATION CURRENT_USER");
    EXPECT_EQ(with_current_user("CREATE SCHEMA AUTHORIZATION \"A\"", {"A"}),
              "CREATE SCHEMA \"A\" AUTHORIZATION CURRENT_USER");
    EXPECT_EQ(with_current_user("CREATE POLICY p ON a TO a, b, c", {"a", "c"}),
              "CREATE POLICY p ON a TO CURRENT_USER, b, CURRENT_USER");
    EXPECT_EQ(with_current_user("CREATE TABLE a (b int)", {"a"}), "CREATE TABLE a (b int)");
}

TEST(Rewrite, missing_tablespaces_become_the_default_one) {
    auto const statement =
        "CREATE TABLE a (b int UNIQUE USING INDEX TABLESPACE x) TABLESPACE \"Y\"";
    EXPECT_EQ(named_tablespaces(statement), (std::vector<std::string>{"x", "Y"}));
    EXPECT_EQ(with_default_tablespace(statement),
              "CREATE TABLE a (b int UNIQUE USING INDEX TABLESPACE pg_default) TABLESPACE "
              "pg_default");
}

}  // namespace

}  // namespace cm::sql
