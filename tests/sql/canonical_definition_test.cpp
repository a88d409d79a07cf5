// What PostgreSQL prints, loaded, prints something of the same canonical form; what means something
// else has another. The definitions are in definitions/definitions.txt.
#include "sql/canonical_definition.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <charconv>
#include <map>
#include <optional>

#include "places.hpp"
#include "sql/name.hpp"
#include "support/case_file.hpp"
#include "support/database.hpp"
#include "support/source_tree.hpp"

namespace cm::test {

namespace {

using sql::canonical_definition;

TEST(CanonicalDefinition, a_cast_list_is_a_list_of_casts) {
    EXPECT_EQ(canonical_definition("((vc)::text = ANY ((ARRAY['x'::character varying, "
                                   "'y'::character varying])::text[]))"),
              "((vc)::text = ANY (ARRAY[('x'::character varying)::text, "
              "('y'::character varying)::text]))");
    EXPECT_EQ(canonical_definition("(n = ANY ((ARRAY[1, '-2'::integer, (a + (b * c))])"
                                   "::app.\"Odd [] type\"[]))"),
              "(n = ANY (ARRAY[(1)::app.\"Odd [] type\", ('-2'::integer)::app.\"Odd [] type\", "
              "((a + (b * c)))::app.\"Odd [] type\"]))");
    EXPECT_EQ(canonical_definition("(ARRAY[ARRAY[1, 2], ARRAY[f(3, x[4]), 5]])::numeric(10,2)[]"),
              "ARRAY[ARRAY[(1)::numeric(10,2), (2)::numeric(10,2)], "
              "ARRAY[(f(3, x[4]))::numeric(10,2), (5)::numeric(10,2)]]");
    EXPECT_EQ(canonical_definition("(ARRAY[(ARRAY[a])::text[]])::timestamp(3) without time zone[]"),
              "ARRAY[(ARRAY[(a)::text])::timestamp(3) without time zone]");
    EXPECT_EQ(canonical_definition("(ARRAY[')]'::character varying, 'ARRAY['::\"char\"])::text[]"),
              "ARRAY[(')]'::character varying)::text, ('ARRAY['::\"char\")::text]");
}

TEST(CanonicalDefinition, a_group_at_the_start_of_its_own_kind_is_none) {
    EXPECT_EQ(canonical_definition("(((n >= 1) AND (n <= 2)) AND (b > 0))"),
              "((n >= 1) AND (n <= 2) AND (b > 0))");
    EXPECT_EQ(canonical_definition("(((((a OR b) OR c) OR d) OR (e AND f)) AND (g OR h))"),
              "((a OR b OR c OR d OR (e AND f)) AND (g OR h))");
    EXPECT_EQ(canonical_definition("CHECK (((CASE WHEN ((a AND b) AND c) THEN x ELSE y END AND z) "
                                   "AND f(((p OR q) OR r))))"),
              "CHECK ((CASE WHEN (a AND b AND c) THEN x ELSE y END AND z AND f((p OR q OR r))))");
}

TEST(CanonicalDefinition, the_rest_stays_as_it_is) {
    for (auto const* const text : {
             "((a > 0) AND ((b > 0) AND (c > 0)))",
             "((a OR b) AND c)",
             "((a AND b) OR c)",
             "((NOT (a AND b)) AND c)",
             "(((a AND b) IS TRUE) AND c)",
             "(\"AND\" AND \"ARRAY\")",
             "ARRAY['x'::character varying]",
             "ARRAY[]::text[]",
             "(ARRAY[1, 2])[1]",
             "(ARRAY[1, 2])::app.numbers",
             "((ARRAY[1, 2])::app.numbers IS DISTINCT FROM ARRAY[]::integer[])",
             "('(ARRAY[1])::text[]'::text || '((a AND b) AND c)'::text)",
             "sum(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
             "(( SELECT x FROM t WINDOW w AS (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)) AND b)",
             "$$ ((a AND b)  AND c) $$",
             "'a  b'::text",
             "((a",
             "a))",
             "",
         }) {
        EXPECT_EQ(canonical_definition(text), text);
    }
    EXPECT_EQ(canonical_definition(" SELECT a,\n    b\n   FROM t;"), "SELECT a, b FROM t");
    EXPECT_NE(canonical_definition("(a = '-1'::integer)"), canonical_definition("(a = 0)"));
}

struct Definition {
    std::string kind{};
    std::string part{};
    std::string text{};
};

std::vector<Definition> definitions_for(int version) {
    std::vector<Definition> all{};
    std::string kind{}, part{};
    auto belongs = true;
    for (std::string_view line : lines_of("tests/sql/definitions/definitions.txt")) {
        if (line.empty() || line.starts_with('#')) continue;
        if (line.starts_with("== ")) {
            auto const blank = line.find(' ', 3);
            kind = line.substr(3, blank - 3);
            part = blank == std::string_view::npos ? "" : line.substr(blank + 1);
            continue;
        }
        if (line.starts_with("| ")) {
            if (belongs) all.back().text += fmt::format("\n{}", line.substr(2));
            continue;
        }
        auto since = 0;
        if (line.size() > 4 && line.substr(2, 2) == ": ") {
            std::from_chars(line.data(), line.data() + 2, since);
            line.remove_prefix(4);
        }
        belongs = since <= version;
        if (belongs) all.push_back({kind, part, std::string{line}});
    }
    return all;
}

class PrintedDefinitions : public testing::Test {
  protected:
    void SetUp() override {
        CM_NEEDS_SERVER();
        database_.emplace(server_url().value());
        session_.emplace(database_->url());
        session_->execute(
            "SET search_path = ''; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'; "
            "SET TimeZone = 'UTC'; SET extra_float_digits = 3; SET quote_all_identifiers = off; "
            "SET standard_conforming_strings = on; SET bytea_output = 'hex'; "
            "SET xmloption = 'content'; SET client_min_messages = 'error'");
        for (auto const* const file : {"objects.sql", "printed.sql"}) {
            session_->execute(read_text(places::source / "tests/sql/definitions" / file));
        }
    }

    /// What PostgreSQL prints of it once it is made; fails if it cannot be.
    std::string printed(Definition const& definition, std::string const& text) {
        try {
            auto const rows = session_->fetch(fmt::format(
                "SELECT app.printed({}, {}, {}) AS text", sql::quote_literal(definition.kind),
                sql::quote_literal(definition.part), sql::quote_literal(text)));
            return rows[0].text("text");
        } catch (std::runtime_error const& error) {
            ADD_FAILURE() << definition.kind << ' ' << definition.part << ": " << text << '\n'
                          << error.what();
            return {};
        }
    }

    std::optional<TestDatabase> database_{};
    std::optional<Session> session_{};
};

TEST_F(PrintedDefinitions, loaded_print_something_equal) {
    std::map<std::string, std::string> by_canonical{};
    int rewritten = 0;
    auto const definitions = definitions_for(server_version(*session_));
    for (auto const& definition : definitions) {
        auto const first = printed(definition, definition.text);
        if (first.empty()) continue;
        auto const second = printed(definition, first);
        auto const canonical = canonical_definition(first);
        EXPECT_EQ(canonical, canonical_definition(second))
            << definition.kind << ": " << definition.text;
        if (first != second) ++rewritten;
        // It is SQL of the same meaning.
        auto const loaded = printed(definition, canonical);
        EXPECT_EQ(loaded, second) << definition.kind << ": " << definition.text;
        EXPECT_EQ(canonical, canonical_definition(canonical));
        // What stays as it is when it is loaded differs from whatever else does so.
        auto const key = fmt::format("{} {}: {}", definition.kind, definition.part, canonical);
        auto const [other, is_new] = by_canonical.emplace(key, second);
        EXPECT_TRUE(is_new || other->second == second) << other->second << "\n" << second;
    }
    EXPECT_GT(definitions.size(), 600U);
    EXPECT_GT(rewritten, 50);
}

}  // namespace

}  // namespace cm::test
