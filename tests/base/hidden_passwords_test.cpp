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

TEST(HiddenPasswords, LeavesTheRestAlone) {
    for (auto const* line : {"", "url = env(\"X\")", "// see https://example.com/a:b and @map",
                             "\"postgresql://ada@h:5432/db\"", "a://",
                             "\"postgresql://h:5432/db?x=1\"", "\"postgresql://[::1]:5432/db\""}) {
        EXPECT_EQ(with_passwords_hidden(line), line);
    }
}

}  // namespace
}  // namespace cm
