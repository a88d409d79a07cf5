// Expressions that the rules do not settle: who is asked, what comes of the answer, and what if
// nobody can be asked.
#include "engine/normalize.hpp"

#include <gtest/gtest.h>

#include "support/database.hpp"

namespace cm::engine {

namespace {

sql::Type type(std::string_view text) {
    return sql::parse_type(text).value();
}

schema::Schema with_default(std::string_view text, std::string_view of = "interval") {
    object::Table table{};
    table.name = {"public", "T"};
    table.columns.push_back({.name = "c", .type = type(of), .is_nullable = true});
    table.columns.back().default_value = sql::column_default(text, type(of));
    schema::Schema schema{};
    schema.tables.add(std::move(table));
    return schema;
}

bool are_equal(schema::Schema const& a, schema::Schema const& b) {
    return *a.tables.begin()->second.columns.front().default_value ==
           *b.tables.begin()->second.columns.front().default_value;
}

Server nobody() {
    return {[]() -> pg::Connection& { throw Failure(error("CM0410", "there is no server")); },
            {},
            false};
}

TEST(Normalize, what_nobody_can_say_is_named_and_no_difference) {
    auto const actual = with_default("'01:30:00'::interval");
    auto const result = normalize(with_default("'90 min'"), actual, "public", nobody());
    ASSERT_EQ(result.unsettled.size(), 1);
    EXPECT_EQ(result.unsettled[0].what, "the default value of the column `c` of the table `T`");
    EXPECT_EQ(result.unsettled[0].reason, "there is no server");
    EXPECT_TRUE(are_equal(result.schema, actual));
    EXPECT_EQ(to_diagnostics(result.unsettled)[0].code, "CM0545");
    EXPECT_EQ(normalize(with_default("'90 min'"), actual, "public", {}).unsettled.size(), 1);
}

TEST(Normalize, nobody_is_asked_about_what_the_rules_settle) {
    auto const settled = [](std::string_view wanted, std::string_view present,
                            std::string_view of) {
        auto const actual = with_default(present, of);
        auto const result = normalize(with_default(wanted, of), actual, "public", nobody());
        EXPECT_TRUE(result.unsettled.empty()) << wanted;
        return are_equal(result.schema, actual);
    };
    EXPECT_TRUE(settled("'a'", "'a'::text", "text"));
    EXPECT_FALSE(settled("'b'", "'a'::text", "text"));
    EXPECT_FALSE(settled("2", "1", "int"));
    EXPECT_TRUE(settled("public.f()", "f()", "text"));
    EXPECT_TRUE(settled("now()", "CURRENT_TIMESTAMP", "timestamp(3)"));
    // No expression at all is never asked about.
    EXPECT_FALSE(settled("'90 min'; DROP TABLE t", "'01:30:00'::interval", "interval"));
}

TEST(Normalize, the_server_prints_both) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(test::server_url().value());
    pg::Connection connection(pg::parse_url(database.url()));
    connection.execute(
        "CREATE SEQUENCE calls; CREATE FUNCTION f(n int) RETURNS int IMMUTABLE LANGUAGE sql AS "
        "$$ SELECT nextval('public.calls')::int $$");
    auto const same = [&](std::string_view wanted, std::string_view present, std::string_view of,
                          bool has_everything) {
        auto const actual = with_default(present, of);
        auto const result =
            normalize(with_default(wanted, of), actual, "public",
                      {[&]() -> pg::Connection& { return connection; }, {}, has_everything});
        if (!result.unsettled.empty()) return result.unsettled[0].reason;
        return std::string{are_equal(result.schema, actual) ? "same" : "different"};
    };
    EXPECT_EQ(same("'90 min'", "'01:30:00'::interval", "interval", true), "same");
    EXPECT_EQ(same("'91 min'", "'01:30:00'::interval", "interval", true), "different");
    EXPECT_EQ(same("public.f( 1 )", "f(1)", "int", true), "same");
    EXPECT_EQ(same("f(1) + f(2)", "(f(1)+f(2))", "int", true), "same");
    EXPECT_EQ(same("g(1)", "f(1)", "int", true), "different");
    EXPECT_EQ(same("g(1)", "f(1)", "int", false),
              "PostgreSQL reports: function g(integer) does not exist");
    EXPECT_FALSE(connection.fetch("SELECT is_called FROM calls")[0].boolean("is_called"))
        << "a function was called";
    EXPECT_TRUE(connection.fetch("SELECT FROM pg_class WHERE relname ~ 'question'").empty());
    EXPECT_FALSE(connection.in_transaction());
}

TEST(Normalize, conditions_are_asked_about_without_calling_a_function) {
    CM_NEEDS_SERVER();
    test::TestDatabase const database(test::server_url().value());
    pg::Connection connection(pg::parse_url(database.url()));
    connection.execute(
        "CREATE SEQUENCE calls; CREATE FUNCTION f(n int) RETURNS int IMMUTABLE LANGUAGE sql AS "
        "$$ SELECT nextval('public.calls')::int $$");
    object::Table table{};
    table.name = {"public", "T \"x"};
    for (auto const* const name : {"a", "b"}) {
        table.columns.push_back({.name = name, .type = type("int"), .is_nullable = true});
    }
    auto const verdict = [&](std::string const& wanted, std::string const& present) {
        std::vector<ConditionQuestion> const questions{{&table, {"a", "b"}, wanted, present},
                                                       {&table, {"a"}, "a > 1", "(a > 1)"}};
        auto const answers =
            ask(questions, {[&]() -> pg::Connection& { return connection; }, {}, true}, "public");
        EXPECT_EQ(answers[1].verdict, Answer::same);
        return answers[0].verdict;
    };
    EXPECT_EQ(verdict("a > f(1) AND b IN (1,2)", "((a > f(1)) AND (b = ANY (ARRAY[1, 2])))"),
              Answer::same);
    EXPECT_EQ(verdict("a > f(1)", "(a > f(2))"), Answer::different);
    EXPECT_EQ(verdict("\"T \"\"x\".a > 1", "(a > 1)"), Answer::same);
    EXPECT_EQ(verdict("nothing > 1", "(a > 1)"), Answer::different);
    EXPECT_FALSE(connection.fetch("SELECT is_called FROM calls")[0].boolean("is_called"))
        << "a function was called";
}

}  // namespace

}  // namespace cm::engine
