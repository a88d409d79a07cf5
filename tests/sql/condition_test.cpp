// Conditions of partial indexes as people write them, and what the server makes of them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "sql/expression.hpp"
#include "support/database.hpp"

namespace cm::test {

namespace {

sql::Type type_of(std::string_view text) {
    auto type = sql::parse_type(text).value();
    // As the differ sees it: an enum carries its schema.
    if (type.name.name == "Mood") type.name.schema = "public";
    return type;
}

sql::Expression condition(std::string_view text) {
    static std::map<std::string, sql::Type, std::less<>> const columns{
        {"a", type_of("int")},      {"b", type_of("boolean")},      {"c", type_of("varchar(9)")},
        {"d", type_of("text")},     {"e", type_of("timestamp(3)")}, {"f", type_of("float8")},
        {"g", type_of("bpchar")},   {"i", type_of("citext")},       {"k", type_of("\"Mood\"")},
        {"n", type_of("numeric")},  {"r", type_of("real")},         {"u", type_of("uuid")},
        {"s", type_of("smallint")}, {"l", type_of("\"Mood\"[]")},   {"m", type_of("int[]")}};
    return sql::condition(text, [](std::string_view name) -> sql::Type const* {
        auto const found = columns.find(name);
        return found == columns.end() ? nullptr : &found->second;
    });
}

TEST(Condition, is_the_same_when_the_server_gives_it_back) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value());
    Session session(database.url());
    session.execute(
        R"(SET TimeZone TO 'UTC'; CREATE EXTENSION citext; CREATE TYPE "Mood" AS ENUM ('HAPPY', 'it''s');
           CREATE TABLE t (a int, b boolean, c varchar(9), d text, e timestamp(3), f float8, g char(4), i citext,
                           k "Mood", n numeric, r real, u uuid, s smallint, l "Mood"[], m int[]))");
    for (auto const* const text : {"a > 0",
                                   "(a > -1)",
                                   "b",
                                   "NOT b",
                                   "b = true",
                                   "b IS NOT TRUE",
                                   "\"d\" IS NOT NULL",
                                   "c = 'x'",
                                   "c <> 'it''s'",
                                   "c != ''",
                                   "d IN ('x', 'y')",
                                   "a NOT IN (1, 2)",
                                   "a = 1 AND b = false AND d IS NULL",
                                   "a = 1 OR (b AND d LIKE 'x%')",
                                   "lower(d) = 'x'",
                                   "a + 1 > 2 * a",
                                   "e > '2020-01-01'",
                                   "a IN (1)",
                                   "c IN ('x', 'y')",
                                   "c NOT IN ('x')",
                                   "a BETWEEN 1 AND 5 AND b",
                                   "n NOT BETWEEN 1 AND 2.5",
                                   "n > 6",
                                   "a > 1.5",
                                   "s = 3",
                                   "f > 0.5",
                                   "f = 1",
                                   "k = 'HAPPY'",
                                   "k IN ('HAPPY', 'it''s')",
                                   "'x' = c",
                                   "0 < a",
                                   "u = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                                   "i = 'X'",
                                   "g = 'ab'",
                                   "c LIKE 'x%'",
                                   "d NOT ILIKE 'x'",
                                   "d ~ '^x'",
                                   "c = d",
                                   "a = s",
                                   "(a > 0 AND b) AND (d IS NULL AND b)",
                                   "a = ANY (ARRAY[1, 2])",
                                   "d = 'x'::text",
                                   "a = '1'",
                                   "NOT (a = 1 OR b)",
                                   "'HAPPY' = ANY (l)",
                                   "t IS NOT NULL",
                                   "t.* IS NOT NULL",
                                   "public.t.* IS NULL",
                                   "num_nulls(t) = 0",
                                   "(t).a > 0",
                                   "t.a > 0 AND public.t.d = 'x'",
                                   "1 <> ALL (m)"}) {
        session.execute(
            fmt::format("DROP INDEX IF EXISTS i; CREATE INDEX i ON t (a) WHERE {}", text));
        auto const printed = session
                                 .fetch(
                                     "SELECT pg_get_expr(indpred, indrelid) AS text FROM pg_index "
                                     "WHERE indexrelid = 'i'::regclass")[0]
                                 .text("text");
        EXPECT_EQ(condition(text).canonical, condition(printed).canonical)
            << text << " comes back as " << printed;
    }
}

TEST(Condition, of_another_meaning_differs) {
    struct Pair {
        char const *one, *other;
    };

    for (auto const& [one, other] : {
             Pair{"a > 0", "a > -1"},
             Pair{"a IN (1)", "a NOT IN (1)"},
             Pair{"a IN (1, 2)", "a IN (1)"},
             Pair{"a::text = '1'", "a = 1"},
             Pair{"a::text > '1'", "a > 1"},
             Pair{"a / 2 > 0", "a::numeric / 2 > 0"},
             Pair{"d::int = 1", "d = '1'"},
             Pair{"e::date = '2020-01-01'", "e = '2020-01-01'"},
             Pair{"c::varchar(1) = 'x'", "c = 'x'"},
             Pair{"g::text = 'x'", "g = 'x'"},
             Pair{"i::text = 'x'", "i = 'x'"},
             Pair{"i = 'x'::text", "i = 'x'"},
             Pair{"a = 5.7::int", "a = 5.7"},
             Pair{"r = 0.1", "r = 0.1::real"},
             Pair{"n = 0.1::real", "n = 0.1"},
             Pair{"n > 0.1::float8", "n > 0.1"},
             Pair{"a < 1::oid", "a < 1"},
             Pair{"f = '9007199254740993'::float8::numeric", "f = 9007199254740993"},
             Pair{"c = ANY (ARRAY['x'::char(3)]::text[])", "c = ANY (ARRAY['x'::char(3)])"},
             Pair{"i = ANY (ARRAY['x'])", "i = ANY (ARRAY['x'::citext])"},
             Pair{"i = ANY (ARRAY['x'])", "i IN ('x')"},
             Pair{"coalesce(i, 'y') = 'x'::text", "coalesce(i, 'y') = 'x'"},
             Pair{"c::text = g", "c = g"},
             Pair{"c::text = 'x'::char(3)", "c = 'x'::char(3)"},
             Pair{"c = 'abcdef'::varchar(3)", "c = 'abcdef'"},
             Pair{"f::int = 1", "f = 1"},
             Pair{"k = 'HAPPY'", "k::text = 'HAPPY'"},
             Pair{"a = 1 AND b", "a = 1 OR b"},
             Pair{"d = 'a'", "d = 'b'"},
             Pair{"lower(d) = 'x'", "upper(d) = 'x'"},
             Pair{"(a = 1 OR b) AND b", "a = 1 OR (b AND b)"},
         }) {
        EXPECT_NE(condition(one), condition(other)) << one << " and " << other;
    }
}

TEST(Condition, names_its_columns) {
    using Names = std::vector<std::string>;
    EXPECT_EQ(condition("a > 0 AND lower(d) = 'x' AND a < 9").columns, (Names{"a", "d"}));
    EXPECT_EQ(condition("t.a IS NULL").columns, Names{"a"});
    EXPECT_EQ(condition("(t).a IS NULL").columns, Names{"a"});
    EXPECT_EQ(condition("num_nulls(t) = 0").columns, Names{"t"});
    EXPECT_EQ(condition("t.* IS NOT NULL").columns, Names{"*"});
    EXPECT_EQ(condition("k = 'HAPPY'").columns, Names{"k"});
}

TEST(Condition, the_server_need_not_be_asked_about_known_values) {
    EXPECT_TRUE(surely_differ(condition("a > 0"), condition("a > 1")));
    EXPECT_FALSE(surely_differ(condition("lower(d) = 'x'"), condition("d = 'x'")));
}

TEST(Condition, that_is_no_expression_stands_for_itself) {
    EXPECT_EQ(condition("a >").canonical, "a >");
    EXPECT_TRUE(sql::is_always_true("true"));
    EXPECT_FALSE(sql::is_always_true("a > 0"));
    EXPECT_FALSE(sql::is_always_true("'true'"));
}

}  // namespace

}  // namespace cm::test
