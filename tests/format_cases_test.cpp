// tests/cases/format/**.txtar: a file `before` and `after` formatting; `after` is what `prisma
// format` writes. Formatting `after` again must change nothing, or give `again` where Prisma needs
// two rounds.
#include <gtest/gtest.h>

#include "dsl/format/format.hpp"
#include "support/case_file.hpp"
#include "support/golden.hpp"

namespace cm::test {

namespace {

std::string formatted(std::string text) {
    SourceMap sources{};
    auto const file = sources.add("schema.prisma", std::move(text));
    return dsl::format_schema(sources, {file}).front();
}

class FormatCase : public testing::TestWithParam<std::string> {};

TEST_P(FormatCase, text) {
    auto const path = case_path("format", GetParam());
    auto const file = read_case(path);
    auto const actual = formatted(file.text("before"));
    EXPECT_TRUE(matches_section(path, "after", actual));
    auto const again = formatted(actual);
    if (file.has("again")) {
        EXPECT_TRUE(matches_section(path, "again", again));
        EXPECT_TRUE(same_text(again, formatted(again))) << "the second round changes something";
    } else {
        EXPECT_TRUE(same_text(actual, again)) << "formatting twice is not formatting once";
    }
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(FormatCase);
INSTANTIATE_TEST_SUITE_P(cases, FormatCase, testing::ValuesIn(find_cases("format")),
                         parameter_name);

}  // namespace

}  // namespace cm::test
