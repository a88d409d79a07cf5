#include "base/hidden_strings.hpp"

#include <gtest/gtest.h>

namespace cm {
namespace {

/// The last line of the program.
std::string last_line(std::string_view program) {
    auto const begin = program.rfind('\n') + 1;
    return with_strings_hidden(program, begin, program.size());
}

TEST(HiddenStrings, CoversWhatMayBePartOfAPassword) {
    EXPECT_EQ(last_line(R"(  url: "postgres://u:" + "secret" + `@h/${db}`,)"),
              R"(  url: "*************" + "******" + `***${db}`,)");
    EXPECT_EQ(last_line(R"(const password = "secret")"), R"(const password = "******")");
    EXPECT_EQ(last_line(R"(  url: build({ password: 'se"cret', host }),)"),
              R"(  url: build({ password: '*******', host }),)");
    EXPECT_EQ(last_line(R"(  url: env("X") ?? "secret")"), R"(  url: env("X") ?? "******")");
    EXPECT_EQ(last_line(R"(  url: isLocal ? "one" : "two")"), R"(  url: isLocal ? "***" : "***")");
}

TEST(HiddenStrings, KnowsATemplateThatBeganLinesBefore) {
    EXPECT_EQ(last_line("const url = `postgres://u:\nsecret@${host()}/db`, x = env('A')"),
              "*******${host()}***`, x = env('A')");
    EXPECT_EQ(last_line("const a = 1 // it's `fine`\nenv('A')"), "env('A')");
}

TEST(HiddenStrings, ShowsNamesPathsAndWholeUrls) {
    for (auto const* line :
         {R"(import { env } from "prisma/config")", R"(const x = require("./config"))",
          R"(  schema: path.join("prisma", "schema.prisma"),)",
          R"(  "datasource": { seed: "tsx a" })", R"(  url: process.env["DATABASE_URL"]!,)",
          R"(  external: ["auth.*", "x"],)"}) {
        EXPECT_EQ(last_line(line), line);
    }
    EXPECT_EQ(last_line(R"(  url: f("postgres://u:secret@h:1/db"))"),
              R"(  url: f("postgres://u:******@h:1/db"))");
}

TEST(HiddenStrings, ReadsAnyText) {
    for (auto const* text : {"`${`${", "\"\\", "'\\", "/*", "`\\", "}}])", "`${}}`"}) {
        EXPECT_EQ(last_line(text).size(), std::string_view(text).size());
    }
}

TEST(HiddenStrings, KnowsProgramsByTheirNames) {
    EXPECT_TRUE(is_program("prisma.config.ts"));
    EXPECT_TRUE(is_program(".config/prisma.mjs"));
    EXPECT_FALSE(is_program("schema.prisma"));
}

}  // namespace
}  // namespace cm
