// What is shown of a cm-migrate at work.
#include "pg/shown_query.hpp"

#include <gtest/gtest.h>

namespace cm::pg {
namespace {

TEST(ShownQuery, is_the_statement_of_the_migration) {
    for (auto const* const sent :
         {"BEGIN;SET LOCAL synchronous_commit = off;SET LOCAL lock_timeout = 5000;\nALTER TABLE t "
          "ADD a INT;\n\n;SET LOCAL SESSION AUTHORIZATION DEFAULT;SET LOCAL role TO "
          "DEFAULT;INSERT INTO \"public\".\"_migrations\" VALUES (1);COMMIT",
          "SET LOCAL lock_timeout = 5000;SET LOCAL statement_timeout = 3000;\nALTER TABLE t\n  ADD "
          "a INT;",
          "SET search_path = app;SELECT pg_catalog.pg_advisory_xact_lock(-12);ALTER TABLE t ADD a "
          "INT;",
          "BEGIN;\n-- why\nALTER TABLE t ADD a INT;COMMIT;RESET ALL"}) {
        auto const shown = shown_query(sent);
        EXPECT_TRUE(shown.ends_with("ALTER TABLE t ADD a INT;")) << shown;
        EXPECT_EQ(shown.find("SET"), std::string::npos) << shown;
    }
    EXPECT_EQ(shown_query("BEGIN;\nCREATE FUNCTION f() RETURNS INT LANGUAGE sql AS 'SELECT 1; "
                          "SELECT 2'\n;SET LOCAL SESSION AUTHORIZATION DEFAULT"),
              "CREATE FUNCTION f() RETURNS INT LANGUAGE sql AS 'SELECT 1; SELECT 2'");
    EXPECT_EQ(shown_query("DO $$ BEGIN PERFORM 1; END $$"), "DO $$ BEGIN PERFORM 1; END $$");
}

TEST(ShownQuery, is_nothing_where_all_is_ours) {
    for (auto const* const sent :
         {"", "BEGIN", "SET LOCAL lock_timeout = 5000", "SELECT pg_advisory_unlock($1::bigint)",
          "SELECT CASE WHEN pg_backend_pid() = $1::int THEN pg_try_advisory_lock($2::bigint) END",
          "BEGIN;SELECT pg_catalog.pg_advisory_xact_lock(1);SET LOCAL SESSION AUTHORIZATION "
          "DEFAULT;UPDATE \"public\".\"_migrations\" SET applied_steps_count = 1;COMMIT",
          "UPDATE \"public\".\"_migrations\" SET rolled_back_at = now() WHERE migration_name = $1",
          "SELECT n.nspname FROM pg_namespace n", "RESET SESSION AUTHORIZATION; RESET ROLE"}) {
        EXPECT_EQ(shown_query(sent), "") << sent;
    }
}

TEST(ShownQuery, is_one_short_line) {
    EXPECT_EQ(shown_query("SELECT\n\t1"), "SELECT 1");
    EXPECT_EQ(shown_query("INSERT INTO t VALUES ('" + std::string(500, 'x') + "')").size(), 120U);
    EXPECT_EQ(in_one_line("  BEGIN;\nSELECT 1"), "BEGIN; SELECT 1");
}

TEST(ShownQuery, has_no_passwords) {
    EXPECT_EQ(shown_query("BEGIN;ALTER ROLE z\n  PASSWORD -- new\n 'Zq7';COMMIT"),
              "ALTER ROLE z PASSWORD -- new '***';");
    EXPECT_EQ(in_one_line("ALTER ROLE z PASSWORD\n$$Zq7$$"), "ALTER ROLE z PASSWORD $$***$$");
    auto const cut =
        in_one_line("SELECT '" + std::string(85, 'x') + "'; ALTER ROLE z PASSWORD 'Zq7secret'");
    EXPECT_EQ(cut.find("Zq"), std::string::npos) << cut;
}

}  // namespace
}  // namespace cm::pg
