#include "sql/dynamic_text.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sql/effects.hpp"

namespace cm::sql {
namespace {

/// Of what a block runs that consists of these statements.
bool is_known(std::string const& declarations, std::string const& statements) {
    auto const reaches =
        effects("DO $$ DECLARE " + declarations + " BEGIN " + statements + " END $$").reaches;
    return reaches.empty();
}

TEST(DynamicText, IsKnownIfItsFirstWordsAre) {
    for (std::string const run : {
             "EXECUTE 'DROP TABLE t';",
             "EXECUTE 'ALTER TABLE ' || quote_ident(n) || ' ADD a int';",
             "EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', n, n);",
             "EXECUTE format('COMMENT ON TABLE %I IS %L', n, 'x');",
             "EXECUTE format('GRANT SELECT ON %I TO a', n);",
             "EXECUTE format('DELETE FROM %I WHERE a = %L', n, n);",
             "EXECUTE concat('CREATE INDEX ', n, ' ON t (a)');",
             "n := 'DROP TABLE ' || 'u'; EXECUTE n;",
         }) {
        EXPECT_TRUE(is_known("n text := 't';", run)) << run;
    }
}

TEST(DynamicText, IsUnknownIfItsKindIsInAVariable) {
    for (std::string const run : {
             "EXECUTE 'ALTER ' || n || ' app PASSWORD ''one''';",
             "EXECUTE format('%2$s %1$s app SET a = 1', n, 'ALTER');",
             "EXECUTE format('ALTER %s app LOGIN', upper('role'));",
             "EXECUTE format('ALTER %s a', CASE WHEN true THEN n ELSE 'TABLE' END);",
             "EXECUTE format('COMMENT ON %s %I IS ''old''', n, n);",
             "EXECUTE 'ALTER DATA' || n;",
             "EXECUTE left('ALTER ROLxx', 9) || 'E app LOGIN';",
             "EXECUTE (SELECT string_agg(x, ' ') FROM t);",
             "EXECUTE format('GRANT %I TO %I', n, n);",
             "EXECUTE 'SELECT ' || n || '()';",
             "EXECUTE format('SELECT %I(1)', n);",
             "EXECUTE 'DROP TABLE t; ' || n;",
             "EXECUTE n;",
             "SELECT x INTO n FROM t; EXECUTE n;",
             "n := 'DROP TABLE t'; FOR n IN SELECT x FROM t LOOP EXECUTE n; END LOOP;",
         }) {
        EXPECT_FALSE(is_known("n text := 't';", run)) << run;
    }
}

}  // namespace
}  // namespace cm::sql
