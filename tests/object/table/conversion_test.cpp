// The table of conversions against PostgreSQL itself: its casts (pg_cast), and rows that are really
// converted.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "object/table/column.hpp"
#include "object/table/table.hpp"
#include "support/database.hpp"

namespace cm::test {

namespace {

using object::Conversion;

struct Sample {
    char const* type;
    char const* value;  ///< one that most others can be made of
};

constexpr Sample samples[] = {
    {"text", "'1'"},
    {"varchar(20)", "'1'"},
    {"varchar", "'1'"},
    {"char(1)", "'1'"},
    {"smallint", "1"},
    {"integer", "1"},
    {"bigint", "1"},
    {"oid", "1"},
    {"real", "1"},
    {"double precision", "1"},
    {"numeric", "1"},
    {"numeric(65,30)", "1"},
    {"numeric(4,2)", "1"},
    {"money", "'1'"},
    {"boolean", "true"},
    {"bytea", R"('\x31')"},
    {"json", "'1'"},
    {"jsonb", "'1'"},
    {"uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"},
    {"xml", "'1'"},
    {"inet", "'127.0.0.1'"},
    {"bit(1)", "'1'"},
    {"varbit(3)", "'1'"},
    {"date", "'2020-01-02'"},
    {"time(3)", "'03:04'"},
    {"timetz", "'03:04+00'"},
    {"timestamp(3)", "'2020-01-02 03:04'"},
    {"timestamptz(3)", "'2020-01-02 03:04+00'"},
    {"integer[]", "'{1}'"},
    {"bigint[]", "'{1}'"},
    {"text[]", "'{1}'"},
    {"jsonb[]", "'{1}'"},
};

/// What PostgreSQL's error says about a type change: there is no cast at all, or only an explicit
/// one.
enum class Answer { works, wants_using, value_refused };

Answer ask(Session& session, Sample const& from, Sample const& to) {
    session.execute(
        fmt::format("DROP TABLE IF EXISTS t; CREATE TABLE t (c {}); INSERT INTO t VALUES ({})",
                    from.type, from.value));
    try {
        session.execute(fmt::format("ALTER TABLE t ALTER c TYPE {}", to.type));
        return Answer::works;
    } catch (std::runtime_error const& refused) {
        auto const wants = std::string_view{refused.what()}.find("cannot be cast automatically");
        return wants != std::string_view::npos ? Answer::wants_using : Answer::value_refused;
    }
}

TEST(Conversion, fits_what_the_server_does) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value());
    Session session(database.url());
    for (auto const& from : samples) {
        for (auto const& to : samples) {
            auto const how = object::conversion(sql::parse_type(from.type).value(),
                                                sql::parse_type(to.type).value());
            auto const answer = ask(session, from, to);
            auto const pair = fmt::format("{} → {}", from.type, to.type);
            switch (how) {
                case Conversion::same:
                    EXPECT_STREQ(from.type, to.type);
                    break;
                case Conversion::safe:
                    EXPECT_EQ(answer, Answer::works) << pair;
                    break;
                case Conversion::risky:
                    EXPECT_NE(answer, Answer::wants_using) << pair;
                    break;
                case Conversion::by_using:
                case Conversion::none:
                    EXPECT_EQ(answer, Answer::wants_using) << pair;
                    break;
            }
        }
    }
}

object::Table table_of(std::string_view type) {
    object::Table table{};
    table.name = {"public", "t"};
    table.columns.push_back(
        {.name = "c", .type = sql::parse_type(type).value(), .is_nullable = true});
    return table;
}

/// by_using keeps the values that a cast can keep.
TEST(Conversion, explicit_casts_are_ones_that_the_server_has) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value());
    Session session(database.url());
    for (auto const& from : samples) {
        for (auto const& to : samples) {
            auto const before = table_of(from.type), after = table_of(to.type);
            if (object::conversion(before.columns[0].type, after.columns[0].type) !=
                Conversion::by_using)
                continue;
            sql::Writer out{"public"};
            object::to_sql(object::Alter<object::Table>{before, after}, out);
            session.execute(
                fmt::format("DROP TABLE IF EXISTS t; CREATE TABLE t (c {})", from.type));
            EXPECT_NO_THROW(session.execute(out.statements().at(0).text))
                << out.statements().at(0).text;
        }
    }
}

/// A conversion that is said to be safe loses nothing: there and back again, the greatest and
/// smallest values are the same.
TEST(Conversion, safe_ones_keep_extreme_values) {
    CM_NEEDS_SERVER();
    TestDatabase const database(server_url().value());
    Session session(database.url());
    constexpr Sample extremes[] = {
        {"smallint", "-32768"},
        {"integer", "2147483647"},
        {"integer", "-2147483648"},
        {"bigint", "9223372036854775807"},
        {"real", "1.1754944e-38"},
        {"real", "3.4028235e38"},
        {"double precision", "1.7976931348623157e308"},
        {"numeric(4,2)", "99.99"},
        {"numeric(10,5)", "-99999.99999"},
        {"varchar(3)", "'ab '"},
        {"timestamp(0)", "'294276-12-31 23:59:59'"},
        {"timestamp(3)", "'2020-01-02 03:04:05.678'"},
        {"time(3)", "'23:59:59.999'"},
        {"date", "'2020-02-29'"},
        {"boolean", "false"},
        {"uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"},
    };
    constexpr char const* targets[] = {
        "smallint",   "integer",        "bigint",       "real",          "double precision",
        "numeric",    "numeric(65,30)", "numeric(6,3)", "numeric(20,5)", "text",
        "varchar(3)", "varchar(5)",     "timestamp(3)", "timestamp(6)",  "time(6)"};
    int tried = 0;
    for (auto const& from : extremes) {
        for (auto const* to : targets) {
            if (object::conversion(sql::parse_type(from.type).value(),
                                   sql::parse_type(to).value()) != Conversion::safe)
                continue;
            ++tried;
            auto const rows = session.fetch(
                fmt::format("SELECT (v::{0})::{1} = v AS same FROM (SELECT {2}::{1} AS v) AS x", to,
                            from.type, fmt::format("({})", from.value)));
            EXPECT_TRUE(rows[0].boolean("same")) << from.type << " → " << to;
        }
    }
    EXPECT_GT(tried, 40);
}

}  // namespace

}  // namespace cm::test
