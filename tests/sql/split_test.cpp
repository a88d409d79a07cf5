#include "sql/split.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace cm::sql {
namespace {

using Texts = std::vector<std::string>;

Texts pieces(std::string_view text) {
    Texts result{};
    for (auto const& statement : split(text).statements) {
        result.emplace_back(text.substr(statement.begin, statement.end - statement.begin));
    }
    return result;
}

TEST(Split, LeavesOutBlanksAndComments) {
    EXPECT_EQ(pieces(""), Texts{});
    EXPECT_EQ(pieces("-- nothing\n/* at all */ ;;\n"), Texts{});
    EXPECT_EQ(pieces("-- a;\nSELECT 1; -- b\n\n  /* ; */ SELECT 2  \n"),
              (Texts{"SELECT 1", "SELECT 2"}));
    EXPECT_EQ(pieces("SELECT 1\r\n;\r\nSELECT 2;\r\n"), (Texts{"SELECT 1", "SELECT 2"}));
}

TEST(Split, KeepsBodiesTogether) {
    std::string const function =
        "CREATE FUNCTION f() RETURNS void AS $$ BEGIN x; END; $$ LANGUAGE plpgsql";
    std::string const atomic =
        "CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; "
        "END";
    std::string const rule = "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)";
    std::string const all = function + ";\n" + atomic + ";\n" + rule + ";\n";
    EXPECT_EQ(pieces(all), (Texts{function, atomic, rule}));
    // Wrong syntax elsewhere must not change where statements end.
    EXPECT_EQ(pieces(all + "CREATE TABEL x;"), (Texts{function, atomic, rule, "CREATE TABEL x"}));
}

TEST(Split, CutsWhatDoesNotParse) {
    EXPECT_EQ(pieces("SELECT 1; CREATE TABEL a (';'); SELECT ';' ; x"),
              (Texts{"SELECT 1", "CREATE TABEL a (';')", "SELECT ';'", "x"}));
    EXPECT_EQ(pieces("SELECT 'open; SELECT 2"), (Texts{"SELECT 'open; SELECT 2"}));
    EXPECT_EQ(pieces("\\c db\nSELECT 1; \\i x.sql\n"), (Texts{"\\c db", "SELECT 1", "\\i x.sql"}));
}

TEST(Split, KnowsWhatIsForPsql) {
    std::string_view const text =
        "\\restrict k\nCOPY a FROM stdin;\n1; 'x\n\\.\nSELECT 1;\n\\unrestrict k\n";
    auto const script = split(text);
    ASSERT_EQ(script.statements.size(), 2U);
    auto const& copy = script.statements[0];
    EXPECT_EQ(text.substr(copy.data_begin, copy.data_end - copy.data_begin), "1; 'x\n");
    EXPECT_EQ(copy.unsupported, Unsupported::no);
    std::string sent{};
    std::size_t at = 0;
    for (auto const& gap : script.gaps) {
        sent += text.substr(at, gap.begin - at);
        at = gap.end;
    }
    sent += text.substr(at);
    EXPECT_EQ(sent, "\nCOPY a FROM stdin;\n\nSELECT 1;\n\n");
    for (auto const* const open :
         {"COPY a FROM STDIN;\n1\n", "COPY a FROM STDIN", "COPY a FROM STDIN;",
          "COPY a FROM STDIN; SELECT 1;\n1\n\\.\n"}) {
        EXPECT_EQ(split(open).statements.at(0).unsupported, Unsupported::copy_data) << open;
    }
    EXPECT_EQ(split("\\restricted\n").statements.at(0).unsupported, Unsupported::meta_command);
}

TEST(Split, ReadsStringsAsTheScriptSays) {
    EXPECT_EQ(
        pieces(
            "SET standard_conforming_strings = off; SELECT 'a\\'; b'; RESET ALL; SELECT 'c\\'; x"),
        (Texts{"SET standard_conforming_strings = off", "SELECT 'a\\'; b'", "RESET ALL",
               "SELECT 'c\\'", "x"}));
    auto const script = split(
        "SET standard_conforming_strings = on; SET client_encoding = 'UTF8'; "
        "SET NAMES latin1; SELECT 1; SET standard_conforming_strings TO false; SELECT 2");
    std::string ends{};
    for (auto const& statement : script.statements) ends += statement.ends_message ? '1' : '0';
    EXPECT_EQ(ends, "001010");
}

TEST(Split, CountsBytes) {
    std::string_view const text = "SELECT 'é漢'; SELECT 2";
    auto const script = split(text);
    ASSERT_EQ(script.statements.size(), 2U);
    EXPECT_EQ(text.substr(script.statements[1].begin), "SELECT 2");
}

TEST(Split, KnowsWhetherTheWholeMayBeOneTransaction) {
    EXPECT_TRUE(is_transactional(split("")));
    EXPECT_TRUE(is_transactional(split("CREATE TABLE a (); ALTER TYPE e ADD VALUE 'x';")));
    EXPECT_FALSE(
        is_transactional(split("CREATE TABLE a (); CREATE INDEX CONCURRENTLY i ON a (b);")));
    EXPECT_FALSE(is_transactional(split("BEGIN; SELECT 1; COMMIT;")));
    EXPECT_FALSE(is_transactional(split("-- why\n--cm-migrate: no-transaction\nSELECT 1;")));
    EXPECT_TRUE(is_transactional(split("SELECT 1;\n-- cm-migrate: no-transaction\n")));
}

TEST(Split, RefusesNul) {
    EXPECT_THROW(split(std::string_view("a\0b", 3)), std::logic_error);
}

TEST(Split, TakesTimeInProportion) {
    std::string line =
        "INSERT INTO some_table (a, b, c) VALUES (1, 'some text; with a semicolon', now());\n";
    std::string small{};
    while (small.size() < 250'000) {
        small += line;
    }
    std::string large{};
    for (int i = 0; i < 16; ++i) {
        large += small;
    }
    auto const time = [](std::string const& text) {
        auto const start = std::chrono::steady_clock::now();
        EXPECT_GT(split(text).statements.size(), 1000U);
        return std::chrono::steady_clock::now() - start;
    };
    for (auto const* wrong : {"", "CREATE TABEL x;"}) {  // both ways to split
        EXPECT_LT(time(large + wrong), 64 * time(small + wrong));
    }
}

}  // namespace
}  // namespace cm::sql
