#include "sql/directive.hpp"

#include <gtest/gtest.h>

namespace cm::sql {
namespace {

std::vector<std::string> words(std::string_view script) {
    std::vector<std::string> all{};
    for (auto const& directive : find_directives(script)) {
        all.push_back(std::string(directive.words) + (directive.is_in_head ? "" : " (late)") +
                      (directive.is_line_comment ? "" : " (block)"));
    }
    return all;
}

using Words = std::vector<std::string>;

TEST(Directive, IsAComment) {
    EXPECT_EQ(words("-- cm-migrate: no-transaction\nSELECT 1;"), Words{"no-transaction"});
    EXPECT_EQ(words("--CM-Migrate:x y\r\n"), Words{"x y"});
    EXPECT_EQ(words("\n-- a\n  --   cm-migrate : z  \n"), Words{"z"});
    EXPECT_EQ(words("/* cm-migrate: no-transaction */ SELECT 1"), Words{"no-transaction (block)"});
    EXPECT_EQ(words("SELECT 1; -- cm-migrate: x"), Words{"x (late)"});
    EXPECT_EQ(words("-- cm-migrate:\n"), Words{""});
}

TEST(Directive, IsNoStringAndNoRemark) {
    EXPECT_EQ(words("SELECT '-- cm-migrate: x', $$\n-- cm-migrate: x\n$$, \"/* cm-migrate: x */\""),
              Words{});
    EXPECT_EQ(words("-- made by cm-migrate: see there\n-- cm-migrate wrote this\n"), Words{});
}

}  // namespace
}  // namespace cm::sql
