// Text that goes into SQL as it is written is one piece, whatever is tried.
#include "sql/fragment.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace cm::sql {

namespace {

bool is_one(Fragment fragment, std::string_view text) {
    return !fault(fragment, text).has_value();
}

TEST(Fragment, expressions_are_accepted) {
    for (auto const* const text : {"1",
                                   "-1",
                                   "now()",
                                   "'a;b'",
                                   "'--'",
                                   "'/*'",
                                   "$$a;b$$",
                                   "E'\\';'",
                                   "a > 6",
                                   "a AND b",
                                   "a IN (1, 2)",
                                   "'x' COLLATE \"C\"",
                                   "now() AT TIME ZONE 'utc'",
                                   "(1, 2)",
                                   "1 /* one */",
                                   "1 -- one\n",
                                   "a IS NULL",
                                   "\"a;b\" = 1",
                                   "ARRAY[1, 2]::int[]",
                                   "(SELECT 1)",
                                   "CASE WHEN a THEN 1 ELSE 2 END",
                                   "interval '1 day'",
                                   "a BETWEEN 1 AND 2",
                                   "f(a => 1)",
                                   "OPERATOR(pg_catalog.-) 1",
                                   "U&'d\\0061t'",
                                   "B'101'"}) {
        EXPECT_TRUE(is_one(Fragment::expression, text)) << text;
    }
}

TEST(Fragment, anything_more_or_less_is_refused) {
    for (auto const* const text :
         {"",
          " ",
          "--",
          "/* */",
          ";",
          "1;",
          "1; SELECT 2",
          "n > 6; COMMIT; CREATE TABLE made()",
          "1); COMMIT; CREATE TABLE made(); CREATE TEMP TABLE x(v int DEFAULT 1",
          "1) --",
          "1) -- ",
          "1 --",
          "1) WITH (fillfactor = 10",
          "1) INHERITS (t",
          "1) TABLESPACE x --",
          "1) ON COMMIT DROP --",
          "1)",
          "(1",
          "1, 2",
          "1, d int",
          "1, ADD COLUMN d int",
          "1 NOT NULL",
          "1 UNIQUE",
          "1 PRIMARY KEY",
          "1 CHECK (true)",
          "1 REFERENCES t",
          "1 AS x",
          "1 FROM t",
          "1 x",
          "DEFAULT",
          "SELECT 1",
          "1 UNION SELECT 2",
          "1 WHERE true",
          "true) WHERE (true",
          "'",
          "\"",
          "$$",
          "/*",
          "1 /*",
          "E'\\",
          "a >",
          "1 CASCADE",
          "1 USING x",
          "1 DEFAULT 2",
          "1 GENERATED ALWAYS AS (2) STORED",
          "1 /* */ ; /* */ SELECT 2",
          "1) /* ( */",
          "1) /* (",
          "1\n--",
          "\\",
          "1 \\; 2"}) {
        EXPECT_FALSE(is_one(Fragment::expression, text)) << text;
    }
    EXPECT_FALSE(is_one(Fragment::expression, std::string_view("1\0; SELECT 2", 12)));
    EXPECT_FALSE(
        is_one(Fragment::expression, std::string(6000, '(') + "1" + std::string(6000, ')')));
}

TEST(Fragment, types_are_accepted) {
    for (auto const* const text :
         {"int", "double precision", "timestamp(3) with time zone", "geometry(Point, 4326)",
          "\"My Type\"", "ext.hstore", "int[]", "int[3][]", "interval day to second(3)",
          "character varying(20)", "numeric(10, 2)", "int /* whole */",
          "int GENERATED ALWAYS AS (a + 1) STORED", "int GENERATED ALWAYS AS IDENTITY"}) {
        EXPECT_TRUE(is_one(Fragment::type, text)) << text;
    }
}

TEST(Fragment, what_is_more_than_a_type_is_refused) {
    for (auto const* const text : {"",
                                   "int NOT NULL",
                                   "int, d int",
                                   "int) --",
                                   "int --",
                                   "int); SELECT (1",
                                   "int PRIMARY KEY",
                                   "int::text",
                                   "int + 1",
                                   "int IS NULL",
                                   "int; DROP TABLE t",
                                   "SETOF int",
                                   "t.c%TYPE",
                                   "int UNIQUE",
                                   "int REFERENCES t",
                                   "int CHECK (true)",
                                   "int STORAGE plain",
                                   "'x'",
                                   "1",
                                   "int)",
                                   "(int"}) {
        EXPECT_FALSE(is_one(Fragment::type, text)) << text;
    }
}

TEST(Fragment, operator_classes) {
    for (auto const* const text :
         {"gin_trgm_ops", "public.gin_trgm_ops", "\"My ops\"", "gist_trgm_ops(siglen = 32)"}) {
        EXPECT_TRUE(is_one(Fragment::operator_class, text)) << text;
    }
    for (auto const* const text :
         {"", "a DESC", "a ASC", "a NULLS FIRST", "a, b", "a) --", "a ASC) --",
          "a); DROP TABLE t; --", "a) WHERE (true", "a) INCLUDE (b", "COLLATE \"C\" a", "a --",
          "a /*", "1", "'a'"}) {
        EXPECT_FALSE(is_one(Fragment::operator_class, text)) << text;
    }
}

TEST(Fragment, the_parser_says_what_is_wrong) {
    EXPECT_EQ(fault(Fragment::expression, "1 x").value(), "syntax error at or near \"x\"");
    EXPECT_EQ(fault(Fragment::expression, "1; SELECT 2").value(), "it is more than one statement");
    EXPECT_EQ(fault(Fragment::expression, "1, ADD COLUMN d int").value(),
              "there is more than one expression");
    EXPECT_EQ(fault(Fragment::expression, "1 --").value(), "a comment in it hides what follows");
}

}  // namespace

}  // namespace cm::sql
