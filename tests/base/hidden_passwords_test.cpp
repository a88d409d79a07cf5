#include "base/hidden_passwords.hpp"

#include <gtest/gtest.h>

namespace cm {
namespace {

TEST(HiddenPasswords, CoversThemInUrls) {
    EXPECT_EQ(with_passwords_hidden(R"(  url = "postgresql://ada:se/c@ret@h/db" x)"),
              R"(  url = "postgresql://ada:********@h/db" x)");
    EXPECT_EQ(with_passwords_hidden("'prisma://h/?api_key=key&x=1' 'http://h?password=p'"),
              "'prisma://h/?api_key=***&x=1' 'http://h?password=*'");
}

TEST(HiddenPasswords, CoversWhatEndsElsewhere) {
    // A quote of the other kind, a blank and a backslash belong to the password.
    EXPECT_EQ(with_passwords_hidden(R"(url: "postgres://u:p'w x\"y@h/db", // @me)"),
              R"(url: "postgres://u:********@h/db", // @me)");
    EXPECT_EQ(with_passwords_hidden("DATABASE_URL=postgres://u:p w@h/db"),
              "DATABASE_URL=postgres://u:***@h/db");
    // The rest stands in the next string, or on the next line.
    EXPECT_EQ(with_passwords_hidden(R"("postgres://u:se" + "cret@h/db")"),
              R"("postgres://u:**" + "cret@h/db")");
    EXPECT_EQ(with_passwords_hidden("`postgres://u:secret"), "`postgres://u:******");
    EXPECT_EQ(with_passwords_hidden(R"("postgres://u:123" +)"), R"("postgres://u:***" +)");
}

TEST(HiddenPasswords, CoversThemByTheirNames) {
    EXPECT_EQ(with_passwords_hidden("host=h password='a b' user=u"),
              "host=h password='***' user=u");
    EXPECT_EQ(with_passwords_hidden("PGPASSWORD=x psql"), "PGPASSWORD=* psql");
    EXPECT_EQ(with_passwords_hidden("ALTER ROLE a PASSWORD 'it''s'"),
              "ALTER ROLE a PASSWORD '*****'");
    EXPECT_EQ(with_passwords_hidden(R"({ "password": "x", token: 'y' })"),
              R"({ "password": "*", token: '*' })");
    EXPECT_EQ(with_passwords_hidden("SET password = 'x', password_hash = y, a_password text"),
              "SET password = '*', password_hash = y, a_password text");
}

TEST(HiddenPasswords, CoversStringsOfSqlOfEveryForm) {
    EXPECT_EQ(with_passwords_hidden("ALTER ROLE a PASSWORD $$Zq$$; SELECT $$b$$"),
              "ALTER ROLE a PASSWORD $$**$$; SELECT $$b$$");
    EXPECT_EQ(with_passwords_hidden("PASSWORD $p_1$Z$$q$p_1$ LOGIN"),
              "PASSWORD $p_1$****$p_1$ LOGIN");
    EXPECT_EQ(with_passwords_hidden(R"(PASSWORD E'Zq\'7' LOGIN)"), "PASSWORD E'*****' LOGIN");
    EXPECT_EQ(with_passwords_hidden("PASSWORD U&'Zq' LOGIN"), "PASSWORD U&'**' LOGIN");
    EXPECT_EQ(with_passwords_hidden("password => 'Z q', password := e'Zq', password=E'Z q'"),
              "password => '***', password := e'**', password=E'***'");
    EXPECT_EQ(with_passwords_hidden("PASSWORD\n  -- its own\n/* one */ 'Zq'"),
              "PASSWORD\n  -- its own\n/* one */ '**'");
    EXPECT_EQ(with_passwords_hidden(R"("… PASSWORD 'Zq7secret'" and "x")"),
              R"("… PASSWORD '*********'" and "x")");
    // Cut off, as pg_stat_activity does.
    EXPECT_EQ(with_passwords_hidden("PASSWORD $p$Zq"), "PASSWORD $p$**");
    EXPECT_EQ(with_passwords_hidden("PASSWORD 'Zq"), "PASSWORD '**");
    EXPECT_EQ(with_passwords_hidden("'ALTER ROLE z PASSWORD ''Zq"), "'ALTER ROLE z PASSWORD ''**");
}

TEST(HiddenPasswords, CoversThemInStringsOfStrings) {
    EXPECT_EQ(with_passwords_hidden("EXECUTE 'ALTER ROLE z PASSWORD ''Z q'' LOGIN'; SELECT 'b'"),
              "EXECUTE 'ALTER ROLE z PASSWORD ''***'' LOGIN'; SELECT 'b'");
    EXPECT_EQ(with_passwords_hidden("EXECUTE 'ALTER ROLE z PASSWORD ''Zq'''; SELECT 'b'"),
              "EXECUTE 'ALTER ROLE z PASSWORD ''**'''; SELECT 'b'");
    EXPECT_EQ(with_passwords_hidden("DO 'BEGIN EXECUTE ''… PASSWORD ''''Zq'''' ''; END'"),
              "DO 'BEGIN EXECUTE ''… PASSWORD ''''**'''' ''; END'");
    EXPECT_EQ(with_passwords_hidden("dblink_connect('host=h password=Zq user=u')"),
              "dblink_connect('host=h password=** user=u')");
    EXPECT_EQ(with_passwords_hidden("dblink_connect('password=''Z q'' user=u')"),
              "dblink_connect('password=''***'' user=u')");
    for (auto const* const built : {"EXECUTE 'ALTER ROLE z PASSWORD ' || quote_literal('Zq')",
                                    "EXECUTE 'ALTER ROLE z PASSWORD ''' || 'Zq' || ''''",
                                    "EXECUTE format('ALTER ROLE z PASSWORD %L', 'Zq')",
                                    "EXECUTE format($$ALTER ROLE z PASSWORD %L$$, 'Zq')"}) {
        auto const shown = with_passwords_hidden(built);
        EXPECT_EQ(shown.find("Zq"), std::string::npos) << shown;
        EXPECT_TRUE(shown.starts_with("EXECUTE ")) << shown;
    }
}

TEST(HiddenPasswords, LeavesTheRestAlone) {
    for (auto const* line :
         {"", "url = env(\"X\")", "// see https://example.com/a:b and @map",
          "\"postgresql://ada@h:5432/db\"", "a://", "\"postgresql://h:5432/db?x=1\"",
          "ALTER ROLE a PASSWORD NULL; SELECT 'x'", "PASSWORD ''; SELECT 'x'",
          "WHERE password = $1 AND a = 'x'", "password text, name 'x'",
          "\"postgresql://[::1]:5432/db\""}) {
        EXPECT_EQ(with_passwords_hidden(line), line);
    }
}

}  // namespace
}  // namespace cm
