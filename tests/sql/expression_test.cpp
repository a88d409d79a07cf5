// What people write as a default, and what the server makes of it: one canonical text.
#include "sql/expression.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/database.hpp"

namespace cm::test {

namespace {

struct Default {
    char const* type;
    char const* text;
};

constexpr Default defaults[] = {
    {"smallint", "0"},
    {"smallint", "-1"},
    {"smallint", "- 1"},
    {"smallint", "(-7)"},
    {"integer", "1"},
    {"integer", "-42"},
    {"integer", "+5"},
    {"integer", "-2147483648"},
    {"integer", "-(-3)"},
    {"bigint", "1"},
    {"bigint", "-1"},
    {"bigint", "9223372036854775807"},
    {"bigint", "-9223372036854775808"},
    {"oid", "7"},
    {"real", "1.5"},
    {"real", "-1.5"},
    {"double precision", "1e3"},
    {"double precision", "-1e-3"},
    {"double precision", "1.0"},
    {"double precision", "100000000000000000000.5"},
    {"double precision", "-5"},
    {"numeric(65,30)", "19.99"},
    {"numeric(65,30)", "-0.000000000000000000000000000001"},
    {"numeric(65,30)", "100"},
    {"numeric(10,2)", "1.50"},
    {"numeric", "0"},
    {"money", "1.50"},
    {"boolean", "true"},
    {"boolean", "false"},
    {"boolean", "'t'"},
    {"text", "''"},
    {"text", "'it''s'"},
    {"text", R"('back\slash')"},
    {"text", R"('two\\')"},
    {"text", R"(E'line\nbreak')"},
    {"text", "'größer, 漢字 😀'"},
    {"text", "'null'"},
    {"text", "'-1'"},
    {"text", "NULL"},
    {"varchar(20)", "'x'"},
    {"varchar(20)", "' '"},
    {"char(3)", "'ab'"},
    {"citext", "'x'"},
    {"xml", "'<a/>'"},
    {"inet", "'192.168.0.1'"},
    {"inet", "'::1'"},
    {"bit(4)", "'1010'"},
    {"bit(4)", "B'1010'"},
    {"varbit(4)", "'10'"},
    {"uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"},
    {"uuid", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'"},
    {"uuid", "gen_random_uuid()"},
    {"bytea", R"('\x68656c6c6f')"},
    {"bytea", R"('\x')"},
    {"json", R"('{"b": 1, "a":2}')"},
    {"jsonb", R"('{"b": 1, "a":2}')"},
    {"jsonb", R"('[]')"},
    {"jsonb", R"('"it''s"')"},
    {"jsonb", R"('1.50')"},
    {"jsonb", R"('{"a": 1, "a": 2, "ä": "\u00e4"}')"},
    {"date", "'2020-01-02'"},
    {"date", "'2020-01-02 00:00:00 +00:00'"},
    {"date", "CURRENT_DATE"},
    {"date", "now()"},
    {"time", "'03:04:05'"},
    {"time(3)", "'1970-01-01 03:04:05.500 +00:00'"},
    {"timetz", "'1970-01-01 03:04:05.5 +00:00'"},
    {"timetz(2)", "'03:04:05+02'"},
    {"timestamp(3)", "'2020-01-02 03:04:05.678 +00:00'"},
    {"timestamp(3)", "'2020-01-02T03:04:05Z'"},
    {"timestamp(3)", "'2020-01-02 03:04:05 +02:00'"},
    {"timestamp(3)", "'2020-01-02'"},
    {"timestamp(3)", "'infinity'"},
    {"timestamp(3)", "CURRENT_TIMESTAMP"},
    {"timestamp(3)", "now()"},
    {"timestamp(3)", "CURRENT_TIMESTAMP(3)"},
    {"timestamp(3)", "timezone('utc'::text, now())"},
    {"timestamptz(6)", "'2020-01-02 03:04:05.123456 -05:30'"},
    {"timestamptz(6)", "'2020-01-01 00:30:00 +01:00'"},
    {"timestamptz", "transaction_timestamp()"},
    {"integer[]", "ARRAY[1, -2]::INTEGER[]"},
    {"integer[]", "ARRAY[]::INTEGER[]"},
    {"integer[]", "'{}'"},
    {"integer[]", "'{1,-2}'"},
    {"bigint[]", "ARRAY[1, -9223372036854775808]::BIGINT[]"},
    {"smallint[]", "ARRAY[-1]::SMALLINT[]"},
    {"double precision[]", "ARRAY[-1, 2.5]::DOUBLE PRECISION[]"},
    {"numeric(65,30)[]", "ARRAY[1.50, -2]::DECIMAL(65,30)[]"},
    {"boolean[]", "ARRAY[true, false]::BOOLEAN[]"},
    {"text[]", "ARRAY['a', 'b, c', 'it''s', '']::TEXT[]"},
    {"text[]", "ARRAY[]::TEXT[]"},
    {"text[]", R"('{a,"b, c",""}')"},
    {"varchar(5)[]", "ARRAY['a']::VARCHAR(5)[]"},
    {"uuid[]", "ARRAY['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11']::UUID[]"},
    {"jsonb[]", R"(ARRAY['{"b": 1, "a":2}']::JSONB[])"},
    {"json[]", R"(ARRAY['{"b": 1, "a":2}']::JSON[])"},
    {"bytea[]", R"(ARRAY['\x6869']::BYTEA[])"},
    {"timestamp(3)[]", "ARRAY['2020-01-02 03:04:05 +00:00']::TIMESTAMP(3)[]"},
    {"timestamptz(3)[]", "ARRAY['2020-01-02 03:04:05 +01:00']::TIMESTAMPTZ(3)[]"},
    {"date[]", "ARRAY['2020-01-02 00:00:00 +00:00']::DATE[]"},
    {"time[]", "ARRAY['1970-01-01 03:04:05 +00:00']::TIME[]"},
    {"\"Mood\"", "'HAPPY'"},
    {"\"Mood\"", "'it''s'"},
    {"\"Mood\"[]", "ARRAY['HAPPY', 'it''s']::\"Mood\"[]"},
    {"\"Mood\"[]", "ARRAY[]::\"Mood\"[]"},
    {"s.\"Mood\"", "'SAD'"},
    {"s.\"Mood\"[]", "ARRAY['SAD']::s.\"Mood\"[]"},
    {"jsonb", R"('{"n": 12345678901234567890123456789.10, "e": 1e2, "z": -0}')"},
    {"jsonb", R"('12345678901234567890123')"},
    {"bit(8)", "X'1F'"},
    {"varchar(3)[]", "'{a,bc}'"},
    {"numeric(10,2)", "'1.50'"},
    {"integer", "5"},
    {"text", "5"},
    {"timestamptz", "now()::timestamptz"},
};

sql::Type parsed_type(std::string_view text) {
    auto type = sql::parse_type(text).value();
    // As the differ sees it: an enum carries its schema.
    if (type.name.name == "Mood" && type.name.schema.empty()) type.name.schema = "public";
    return type;
}

TEST(Expression, a_default_is_the_same_when_the_server_gives_it_back) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value());
    Session session(database.url());
    session.execute(
        R"(SET TimeZone TO 'UTC'; CREATE EXTENSION citext; CREATE TYPE "Mood" AS ENUM ('HAPPY', 'it''s');
                       CREATE SCHEMA s; CREATE TYPE s."Mood" AS ENUM ('SAD'))");
    for (auto const& [type, text] : defaults) {
        session.execute(
            fmt::format("DROP TABLE IF EXISTS t; CREATE TABLE t (c {} DEFAULT {})", type, text));
        auto const printed = session.fetch(
            "SELECT pg_get_expr(adbin, adrelid) AS text FROM pg_attrdef "
            "WHERE adrelid = 't'::regclass");
        if (printed.empty()) {
            EXPECT_STREQ(text, "NULL");
            continue;
        }
        auto const written = sql::column_default(text, parsed_type(type));
        auto const read = sql::column_default(printed[0].text("text"), parsed_type(type));
        EXPECT_EQ(written.canonical, read.canonical)
            << type << " DEFAULT " << text << " comes back as " << printed[0].text("text");
    }
}

/// Defaults that differ for the server must differ for us: all pairs of one type, by what a row
/// gets.
TEST(Expression, different_values_have_different_texts) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value());
    Session session(database.url());
    session.execute(
        R"(SET TimeZone TO 'UTC'; CREATE EXTENSION citext; CREATE TYPE "Mood" AS ENUM ('HAPPY', 'it''s');
                       CREATE SCHEMA s; CREATE TYPE s."Mood" AS ENUM ('SAD'))");
    for (auto const& a : defaults) {
        for (auto const& b : defaults) {
            if (std::string_view{a.type} != b.type) continue;
            if (!(sql::column_default(a.text, parsed_type(a.type)) ==
                  sql::column_default(b.text, parsed_type(b.type))))
                continue;
            auto const rows =
                session.fetch(fmt::format("SELECT (({0})::{2})::text IS NOT DISTINCT FROM "
                                          "(({1})::{2})::text OR '{2}' ~ 'json|uuid' AS same",
                                          a.text, b.text, a.type));
            EXPECT_TRUE(rows[0].boolean("same") ||
                        std::string_view{a.text}.find("uuid()") != std::string_view::npos)
                << a.type << ": " << a.text << " and " << b.text;
        }
    }
}

/// Casts that change the value, and spellings that only look alike.
TEST(Expression, what_changes_the_value_is_not_compared_away) {
    struct Pair {
        char const *type, *one, *other;
    };

    for (auto const& [type, one, other] : {
             Pair{"timestamp(3)", "now()::date", "now()"},
             Pair{"timestamp(3)", "now()::timestamp(0)", "now()"},
             Pair{"timestamp(3)", "now()::time", "now()"},
             Pair{"timestamp(3)", "public.now()", "now()"},
             Pair{"timestamp(3)", "'2020-01-01 10:00'::date", "'2020-01-01 10:00'"},
             Pair{"timestamp(3)", "'2020-01-01 10:00+02'::timestamptz", "'2020-01-01 10:00+02'"},
             Pair{"text", "'abcdef'::varchar(3)", "'abcdef'"},
             Pair{"varchar(10)", "'abcdef'::varchar(3)", "'abcdef'"},
             Pair{"varchar(3)", "'abcdef'::varchar(3)", "'abcdef'"},
             Pair{"text", "'abc'::char", "'abc'"},
             Pair{"text", "'ab '::bpchar", "'ab '"},
             Pair{"text", "'abc'::name", "'abc'"},
             Pair{"text", "1e3", "'1e3'"},
             Pair{"integer", "5.7::int", "5.7"},
             Pair{"numeric", "5.7::int", "5.7"},
             Pair{"double precision", "0.1::real", "0.1"},
             Pair{"numeric", "0.1234567890123456789::float8", "0.1234567890123456789"},
             Pair{"numeric", "1.25::numeric(3,1)", "1.25"},
             Pair{"bigint", "3000000000::int", "3000000000"},
             Pair{"bit(4)", "'10101'::bit(4)", "'10101'"},
             Pair{"bit(4)", "'1'::bit(4)", "'1'"},
             Pair{"bit(8)", "X'10'", "B'10'"},
             Pair{"interval", "'90 min'::interval hour", "'90 min'"},
             Pair{"json", "'{\"b\":1,\"a\":2}'::jsonb", "'{\"b\":1,\"a\":2}'"},
             Pair{"jsonb", "'12345678901234567890123'", "'12345678901234567890124'"},
             Pair{"jsonb", "'0.1'", "'0.10000000000000000001'"},
             Pair{"jsonb", "'1e400'", "'1e401'"},
             Pair{"text[]", "ARRAY['abcdef']::varchar(3)[]", "ARRAY['abcdef']"},
             Pair{"text[]", "'{abcdef}'::varchar(3)[]", "'{abcdef}'"},
             Pair{"text[]", "'{NULL}'", "'{\"NULL\"}'"},
             Pair{"text[]", "'{{a,b}}'", "'{\"{a\",\"b}\"}'"},
             Pair{"integer[]", "'[0:1]={1,2}'", "'{}'"},
             Pair{"integer[]", "ARRAY[5.7]::int[]", "ARRAY[5.7]"},
             Pair{"\"Mood\"", "'HAPPY'::s.\"Mood\"", "'HAPPY'"},
         }) {
        EXPECT_NE(sql::column_default(one, parsed_type(type)).canonical,
                  sql::column_default(other, parsed_type(type)).canonical)
            << type << ": " << one << " and " << other;
    }
}

TEST(Expression, casts_that_keep_the_value_do_not_count) {
    struct Pair {
        char const *type, *one, *other;
    };

    for (auto const& [type, one, other] : {
             Pair{"varchar(10)", "'abc'::varchar(3)", "'abc'"},
             Pair{"text", "'größe'::varchar(5)", "'größe'"},
             Pair{"bigint", "5::int", "5"},
             Pair{"numeric(10,2)", "1.5::numeric(10,2)", "1.50"},
             Pair{"timestamptz", "now()::timestamptz", "CURRENT_TIMESTAMP"},
             Pair{"timestamptz", "pg_catalog.now()", "now()"},
             Pair{"timestamp(3)", "'2020-01-01'::timestamp(3)", "'2020-01-01 00:00:00'"},
             Pair{"bit(5)", "'10101'::varbit(5)", "B'10101'"},
             Pair{"text[]", "'{a,b}'::varchar[]", "ARRAY['a', 'b']"},
             Pair{"jsonb", "'{\"a\": 1e2}'", "'{\"a\":100}'"},
         }) {
        EXPECT_EQ(sql::column_default(one, parsed_type(type)).canonical,
                  sql::column_default(other, parsed_type(type)).canonical)
            << type << ": " << one << " and " << other;
    }
}

TEST(Expression, text_that_is_no_expression_stands_for_itself) {
    EXPECT_EQ(sql::column_default("1; DROP TABLE x", parsed_type("integer")).canonical,
              "1; DROP TABLE x");
    EXPECT_EQ(sql::column_default(")", parsed_type("integer")).canonical, ")");
}

TEST(Expression, brackets_are_needed_where_create_table_would_take_it_otherwise) {
    EXPECT_TRUE(sql::column_default("'x' COLLATE \"C\"", parsed_type("text")).needs_brackets);
    EXPECT_TRUE(sql::column_default("1 IS NULL", parsed_type("boolean")).needs_brackets);
    EXPECT_TRUE(
        sql::column_default("now() AT TIME ZONE 'utc'", parsed_type("timestamp")).needs_brackets);
    EXPECT_FALSE(sql::column_default("(1 IS NULL)", parsed_type("boolean")).needs_brackets);
    EXPECT_FALSE(sql::column_default("1 + 1", parsed_type("integer")).needs_brackets);
    EXPECT_FALSE(sql::column_default("-5", parsed_type("integer")).needs_brackets);
    EXPECT_FALSE(
        sql::column_default("'a'::text || lower('B')", parsed_type("text")).needs_brackets);
}

bool surely_differ(char const* type, char const* one, char const* other) {
    return surely_differ(sql::column_default(one, parsed_type(type)),
                         sql::column_default(other, parsed_type(type)));
}

TEST(Expression, the_server_need_not_be_asked_about_known_values) {
    EXPECT_TRUE(surely_differ("integer", "-1", "1"));
    EXPECT_TRUE(surely_differ("text", "'a'", "'b'"));
    EXPECT_TRUE(surely_differ("\"Mood\"", "'HAPPY'", "'it''s'"));
    EXPECT_TRUE(surely_differ("timestamptz", "now()", "'2020-01-01 00:00+00'"));
    // Without a zone it depends on the session.
    EXPECT_FALSE(surely_differ("timestamptz", "'2020-01-01'", "'2019-12-31 23:00:00+00'"));
    EXPECT_FALSE(surely_differ("timetz", "'12:00'", "'12:00:00+01'"));
    EXPECT_TRUE(surely_differ("text[]", "'{a}'", "'{b}'"));
    EXPECT_FALSE(surely_differ("integer", "1", "1"));
    EXPECT_FALSE(surely_differ("integer", "1 + 1", "2"));
    EXPECT_FALSE(surely_differ("interval", "'90 minutes'", "'01:30:00'"));
    EXPECT_FALSE(surely_differ("text", "lower('X')", "'x'"));
    EXPECT_FALSE(surely_differ("boolean", "'yes'", "true"));
    EXPECT_FALSE(surely_differ("timestamp", "'now'", "now()"));
}

}  // namespace

}  // namespace cm::test
