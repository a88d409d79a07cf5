// Expressions that the rules count as equal are equal to the server: conditions are true of the
// same rows, defaults store the same value. All combinations of columns, casts, literals and
// operators that people write, of each group of equal ones one by one (CM_WHOLE=1: of more
// literals).
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>

#include "sql/expression.hpp"
#include "support/database.hpp"

namespace cm::test {

namespace {

using Texts = std::vector<std::string>;

struct ColumnKind {
    std::string type{};
    Texts literals{};  ///< as they stand between quotes
    Texts rows{};
};

Texts const numbers{"0.1", "9007199254740993", "1", "1.0", "-1", "5.7", "16777217", "32768"};
Texts const number_rows{"0",
                        "1",
                        "-1",
                        "6",
                        "0.1",
                        "16777216",
                        "16777217",
                        "0.100000000000000005551115123125782702",
                        "0.10000000149011612",
                        "9007199254740992",
                        "9007199254740993",
                        "5.7",
                        "32768",
                        "5.699999809265137"};
Texts const whole_rows{"0", "1", "-1", "5", "6"};
Texts const words{"a", "abcdef", "a ", "A", "1", ""};
Texts const moments{"2020-01-01", "2020-01-01 00:00:00", "2020-01-01 12:30:00.123456",
                    "2020-01-01 12:00:00+02"};
Texts const moment_rows{"2020-01-01",          "2020-01-01 12:30:00.123456",
                        "2020-01-01 12:00:00", "2020-01-01 10:00:00",
                        "2020-01-02",          "2020-01-01 12:30:00.123"};

std::vector<ColumnKind> const kinds{
    {"int2", numbers, {"0", "1", "-1", "5", "6"}},
    {"int4", numbers, {"0", "1", "-1", "5", "6", "16777216", "16777217", "32768"}},
    {"int8",
     numbers,
     {"0", "1", "-1", "5", "6", "16777217", "9007199254740992", "9007199254740993", "32768"}},
    {"oid", {"1", "5.7", "16777217"}, {"0", "1", "5", "6", "16777217"}},
    {"float4", numbers, number_rows},
    {"float8", numbers, number_rows},
    {"numeric", numbers, number_rows},
    {"numeric(9,2)",
     {"1", "0.1", "5.777", "-1", "1.50"},
     {"0.1", "1", "-1", "5.77", "5.78", "1.5"}},
    {"text", words, {"a", "abcdef", "a ", "A", "1", "", "abc", "1.0"}},
    {"varchar", words, {"a", "abcdef", "a ", "A", "1", "", "abc"}},
    {"varchar(8)", words, {"a", "abcdef", "a ", "A", "1", "", "abc"}},
    {"bpchar(3)", words, {"a", "A", "1", "", "abc"}},
    {"bpchar", words, {"a", "A", "1", "", "abc", "a "}},
    {"citext", words, {"a", "abcdef", "a ", "A", "1", "", "abc"}},
    {"name", words, {"a", "abcdef", "A", "1", ""}},
    {"\"Mood\"", {"happy", "Happy"}, {"happy", "Happy"}},
    {"short", {"1.0", "t", "1", "2020-01-01", "a", "true"}, {"1.0", "true", "t", "a"}},
    {"bool", {"true", "t", "false", "1"}, {"true", "false"}},
    {"date", moments, {"2020-01-01", "2020-01-02"}},
    {"timestamp", moments, moment_rows},
    {"timestamp(3)", moments, moment_rows},
    {"timestamptz", moments, moment_rows},
    {"timestamptz(3)", moments, moment_rows},
    {"time", {"12:00:00", "12:00", "12:00:00.1234567"}, {"12:00", "12:00:00.123457"}},
    {"timetz", {"12:00:00", "12:00+02", "10:00+00"}, {"12:00+00", "12:00+02", "10:00+00"}},
    {"interval", {"1 day", "24:00:00", "1 mon", "1 year 2 mons"}, {"1 day", "24:00:00", "1 mon"}},
    {"bit(3)", {"101", "1010", "1"}, {"101", "100"}},
    {"varbit", {"101", "1010", "1"}, {"101", "1010", "1", "100"}},
    {"uuid",
     {"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "A0EEBC999C0B4EF8BB6D6BB9BD380A11"},
     {"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"}},
    {"bytea", {"\\x61", "a", "\\x6A", "\\141"}, {"\\x61", "\\x6a", "a"}},
    {"jsonb",
     {"{}", "{\"a\": 1}", "{\"a\":1.0}", "1", "1e2", "[1, 2]"},
     {"{}", "{\"a\": 1}", "1", "100", "[1,2]"}},
    {"inet", {"10.0.0.1", "10.0.0.1/32", "10.0.0.0/8"}, {"10.0.0.1", "10.0.0.0/8"}},
    {"money", {"1", "1.005", "$1.00"}, {"1", "1.01"}},
};

Texts const casts{
    "int2",           "int4",         "int8",       "oid",       "float4",       "float8",
    "numeric",        "numeric(5,1)", "numeric(4)", "text",      "varchar",      "varchar(3)",
    "bpchar",         "char(1)",      "char(3)",    "citext",    "name",         "\"char\"",
    "\"Mood\"",       "bool",         "date",       "timestamp", "timestamp(0)", "timestamptz",
    "timestamptz(2)", "time",         "time(0)",    "timetz",    "interval",     "interval hour",
    "interval(0)",    "bit(3)",       "bit",        "varbit",    "varbit(2)",    "uuid",
    "bytea",          "json",         "jsonb",      "inet",      "cidr",         "money"};

/// The casts that may stand on a column: to types that are much like its own.
Texts const families[] = {
    {"int2", "int4", "int8", "oid", "float4", "float8", "numeric", "numeric(5,1)", "money", "text"},
    {"text", "varchar", "varchar(3)", "bpchar", "char(3)", "citext", "name", "\"char\"",
     "\"Mood\""},
    {"date", "timestamp", "timestamp(0)", "timestamptz", "timestamptz(2)", "time", "time(0)",
     "timetz", "text"},
    {"interval", "interval hour", "interval(0)", "text"},
    {"bit(3)", "bit", "varbit", "varbit(2)", "text"},
    {"inet", "cidr", "text"},
    {"json", "jsonb", "text"},
    {"bool", "int4", "text"},
    {"uuid", "text"},
    {"bytea", "text"},
};

Texts const& family_of(std::string const& type) {
    auto const bare = type.substr(0, type.find('('));
    for (auto const& family : families) {
        if (std::find(family.begin(), family.end(), bare) != family.end()) return family;
    }
    return families[4];
}

bool is_number(std::string const& literal) {
    return literal.find_first_not_of("0123456789.-") == std::string::npos && !literal.empty();
}

bool is_whole() {
    return std::getenv("CM_WHOLE") != nullptr;
}

Texts literals_of(ColumnKind const& kind) {
    auto literals = kind.literals;
    constexpr std::size_t few = 2;
    if (!is_whole()) literals.resize(std::min(literals.size(), few));
    return literals;
}

/// How a literal is written: bare if it is a number, quoted.
Texts bare_spellings(std::string const& literal) {
    Texts bare{fmt::format("'{}'", literal)};
    if (is_number(literal)) {
        bare.push_back(literal);
        if (literal.starts_with('-')) bare.push_back(fmt::format("(- {})", literal.substr(1)));
    }
    if (literal == "true") bare.push_back(literal);
    return bare;
}

/// Under one cast, too.
Texts spellings(std::string const& literal) {
    auto all = bare_spellings(literal);
    auto const bare = all;
    for (auto const& one : bare) {
        for (auto const& cast : casts) all.push_back(fmt::format("({})::{}", one, cast));
    }
    return all;
}

/// Under two.
Texts chains(std::string const& literal, Texts const& family) {
    Texts all{};
    for (auto const& inner : family) {
        for (auto const& outer : family) {
            if (inner != outer) all.push_back(fmt::format("('{}')::{}::{}", literal, inner, outer));
        }
    }
    return all;
}

sql::Type type_of(std::string_view text) {
    auto type = sql::parse_type(text).value();
    if (type.name.name == "Mood") type.name.schema = "public";
    return type;
}

/// By what the rules make of them.
using Groups = std::map<std::string, Texts>;

void drop_single(Groups& groups) {
    std::erase_if(groups, [](auto const& group) { return group.second.size() < 2; });
}

class EqualExpressions : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        database_.emplace(server_url().value());
        session_.emplace(database_->url());
        session_->execute(
            R"(SET TimeZone TO 'UTC'; SET DateStyle TO 'ISO'; SET IntervalStyle TO 'postgres';
               SET client_min_messages TO 'error'; SET extra_float_digits TO 3;
               CREATE EXTENSION IF NOT EXISTS citext; CREATE TYPE "Mood" AS ENUM ('happy', 'Happy');
               CREATE DOMAIN short AS text;
               CREATE FUNCTION truth(condition text) RETURNS text LANGUAGE plpgsql AS $$
               DECLARE result text; BEGIN
                 EXECUTE 'SELECT pg_catalog.string_agg(coalesce((' || condition || ')::text, ''null''),
                   '' '' ORDER BY place) FROM rows' INTO result;
                 RETURN result;
               EXCEPTION WHEN OTHERS THEN RETURN 'fails'; END $$;
               CREATE FUNCTION stored(value text) RETURNS text LANGUAGE plpgsql AS $$
               DECLARE result text; BEGIN
                 EXECUTE 'INSERT INTO rows (c) VALUES (' || value || ') RETURNING spelling(c)'
                   INTO result;
                 RETURN result;
               EXCEPTION WHEN OTHERS THEN RETURN 'fails'; END $$;
               CREATE FUNCTION spelling(v anyelement) RETURNS text LANGUAGE sql AS
                 $$ SELECT v::text $$;
               CREATE FUNCTION spelling(v numeric) RETURNS text LANGUAGE sql AS
                 $$ SELECT pg_catalog.regexp_replace(v::text, '(\.0+|(\.\d*[1-9])0+)$', '\2') $$;
               CREATE FUNCTION spelling(v jsonb) RETURNS text LANGUAGE sql AS
                 $$ SELECT pg_catalog.regexp_replace(v::text, '(\d)\.0+(\D|$)', '\1\2', 'g') $$)");
    }

    void make_rows(ColumnKind const& kind) {
        Texts values{};
        for (auto const& row : kind.rows) values.push_back(fmt::format("('{}'), (NULL)", row));
        session_->execute(fmt::format(
            "DROP TABLE IF EXISTS rows; CREATE TABLE rows (place serial, c {}, x text, b bpchar, "
            "i citext, n numeric, f float8, w int4); INSERT INTO rows (c) VALUES {}; "
            "UPDATE rows SET x = c::text, b = c::text || ' ', i = upper(c::text); "
            "UPDATE rows SET n = x::numeric, f = x::float8, w = round(x::numeric) "
            "WHERE x ~ '^-?[0-9.]{{1,9}}$'",
            kind.type, fmt::join(values, ", ")));
    }

    /// How many pairs of a group do not mean the same to the server.
    void judge(ColumnKind const& kind, Groups& groups, char const* question) {
        drop_single(groups);
        std::map<std::string, int> told{};
        for (auto const& [canonical, texts] : groups) {
            Texts quoted{};
            for (auto const& text : texts) quoted.push_back(sql::quote_literal(text));
            auto const rows = session_->fetch(
                fmt::format("SELECT {}(text) AS meaning FROM pg_catalog.unnest(ARRAY[{}]) WITH "
                            "ORDINALITY AS t(text, place) ORDER BY place",
                            question, fmt::join(quoted, ", ")));
            std::map<std::string, std::string> meanings{};
            for (std::size_t i = 0; i < texts.size(); ++i) {
                meanings.emplace(rows[i].text("meaning"), texts[i]);
                ++count_;
            }
            meanings.erase("fails");  // it cannot be in the database, nor come there
            if (meanings.size() < 2) continue;
            if (++told[""] > 12) continue;
            std::string list{};
            for (auto const& [meaning, text] : meanings)
                list += fmt::format("\n    {}    {}", text, meaning);
            ADD_FAILURE() << kind.type << ": counted equal, as " << canonical << list;
        }
    }

    std::optional<TestDatabase> database_{};
    std::optional<Session> session_{};
    int count_ = 0;
};

TEST_F(EqualExpressions, conditions_are_true_of_the_same_rows) {
    for (auto const& kind : kinds) {
        make_rows(kind);
        auto const type = type_of(kind.type);
        std::map<std::string_view, sql::Type> const columns{{"c", type},
                                                            {"x", type_of("text")},
                                                            {"b", type_of("bpchar")},
                                                            {"i", type_of("citext")},
                                                            {"n", type_of("numeric")},
                                                            {"f", type_of("float8")},
                                                            {"w", type_of("int4")}};
        auto const types = [&](std::string_view name) -> sql::Type const* {
            auto const found = columns.find(name);
            return found == columns.end() ? nullptr : &found->second;
        };
        Groups groups{};
        auto const add = [&](std::string text) {
            auto const canonical = sql::condition(text, types).canonical;
            groups[canonical].push_back(std::move(text));
        };
        auto const& family = family_of(kind.type);
        auto const& first = kind.literals[0];
        for (auto const& literal : literals_of(kind)) {
            for (auto const& one : spellings(literal)) {
                add(fmt::format("c = {}", one));
                add(fmt::format("c < {}", one));
                add(fmt::format("c ~~ {}", one));
                add(fmt::format("{} <= c", one));
                add(fmt::format("c IN ({}, '{}')", one, first));
                add(fmt::format("c IN ({})", one));
                add(fmt::format("c NOT BETWEEN '{}' AND {}", first, one));
                add(fmt::format("c = ANY (ARRAY[{}])", one));
                add(fmt::format("coalesce(c, {}) = '{}'", one, first));
            }
            for (auto const& one : chains(literal, family)) add(fmt::format("c < {}", one));
            for (auto const& inner : family) {
                for (auto const& outer : family) {
                    add(fmt::format("c = ANY (ARRAY['{}'::{}]::{}[])", literal, inner, outer));
                    add(fmt::format("c::{} = '{}'::{}", inner, literal, outer));
                    add(fmt::format("c::{} IN ('{}', '{}'::{})", inner, first, literal, outer));
                    add(fmt::format("coalesce(c::{}, '{}') <= '{}'::{}", inner, first, literal,
                                    outer));
                }
                for (auto const& one : bare_spellings(literal)) {
                    add(fmt::format("c::{} = {}", inner, one));
                    add(fmt::format("c::{} ~~ {}", inner, one));
                    add(fmt::format("lower(c::{}) = {}", inner, one));
                    add(fmt::format("coalesce(c::{}, '{}') <= {}", inner, first, one));
                }
            }
        }
        for (auto const& cast : family) {
            for (auto const* const other : {"x", "b", "i", "n", "f", "w"}) {
                add(fmt::format("c::{} = {}", cast, other));
                add(fmt::format("c = {}::{}", other, cast));
                add(fmt::format("c = {}", other));
            }
        }
        judge(kind, groups, "truth");
    }
    RecordProperty("compared", count_);
    EXPECT_GT(count_, 10000);
}

TEST_F(EqualExpressions, defaults_store_the_same_value) {
    for (auto const& kind : kinds) {
        make_rows(kind);
        auto const type = type_of(kind.type);
        Groups groups{};
        for (auto const& literal : literals_of(kind)) {
            for (auto const& one : spellings(literal))
                groups[sql::column_default(one, type).canonical].push_back(one);
            for (auto const& one : chains(literal, is_whole() ? casts : family_of(kind.type)))
                groups[sql::column_default(one, type).canonical].push_back(one);
        }
        judge(kind, groups, "stored");
    }
    EXPECT_GT(count_, 300);
}

}  // namespace

}  // namespace cm::test
