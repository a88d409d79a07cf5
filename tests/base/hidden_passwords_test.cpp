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

TEST(HiddenPasswords, LeavesTheRestAlone) {
    for (auto const* line : {"", "url = env(\"X\")", "// see https://example.com/a:b and @map",
                             "\"postgresql://ada@h:5432/db\"", "a://"}) {
        EXPECT_EQ(with_passwords_hidden(line), line);
    }
}

}  // namespace
}  // namespace cm
