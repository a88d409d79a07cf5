// .env files are read as dotenv and dotenv-expand read them.
#include "engine/environment.hpp"

#include <gtest/gtest.h>

#include "base/file.hpp"
#include "support/project_folder.hpp"

namespace cm::engine {

namespace {

using Variables = std::map<std::string, std::string>;

struct DotenvCase {
    char const* text;
    Variables variables;
};

class Dotenv : public testing::TestWithParam<DotenvCase> {};

TEST_P(Dotenv, is_read) {
    Environment const environment{.working_directory = {},
                                  .variables = {{"HOME_URL", "from outside"}}};
    EXPECT_EQ(parse_dotenv(GetParam().text, environment), GetParam().variables) << GetParam().text;
}

TEST(DotenvFile, a_byte_order_mark_hides_nothing) {
    EXPECT_EQ(parse_dotenv("\xEF\xBB\xBF"
                           "A=1\nB=2\n",
                           {}),
              (Variables{{"A", "1"}, {"B", "2"}}));
}

INSTANTIATE_TEST_SUITE_P(
    cases, Dotenv,
    testing::Values(
        DotenvCase{"", {}}, DotenvCase{"A=1", {{"A", "1"}}},
        DotenvCase{"A=1\nB=2\n", {{"A", "1"}, {"B", "2"}}},
        DotenvCase{"A=1\r\nB=2\r\n", {{"A", "1"}, {"B", "2"}}},
        DotenvCase{"  A = 1  ", {{"A", "1"}}}, DotenvCase{"export A=1", {{"A", "1"}}},
        DotenvCase{"A=", {{"A", ""}}}, DotenvCase{"# A=1\nB=2", {{"B", "2"}}},
        DotenvCase{"A=1 # note", {{"A", "1"}}}, DotenvCase{"A=\"x # y\" # note", {{"A", "x # y"}}},
        DotenvCase{"A='${B} \\n'", {{"A", "${B} \\n"}}}, DotenvCase{"A=\"1\\n2\"", {{"A", "1\n2"}}},
        DotenvCase{"A=\"1\n2\"\nB=3", {{"A", "1\n2"}, {"B", "3"}}},
        DotenvCase{"A=`\"'`", {{"A", "\"'"}}},
        DotenvCase{"A=1\nB=${A}2", {{"A", "1"}, {"B", "12"}}},
        DotenvCase{"A=${HOME_URL}", {{"A", "from outside"}}},
        DotenvCase{"A=${NONE:-otherwise}", {{"A", "otherwise"}}},
        DotenvCase{"A=\\$B", {{"A", "$B"}}}, DotenvCase{"not a line\nA=1", {{"A", "1"}}},
        DotenvCase{"A b=1\nB=2", {{"B", "2"}}},
        DotenvCase{"A=\"unclosed\nB=2", {{"A", "\"unclosed"}, {"B", "2"}}},
        DotenvCase{"A=postgresql://u:p=w@h/d?a=b", {{"A", "postgresql://u:p=w@h/d?a=b"}}}));

TEST(Environment, an_empty_variable_is_none) {
    Environment const environment{.working_directory = {}, .variables = {{"A", ""}, {"B", "b"}}};
    EXPECT_EQ(variable(environment, "A"), std::nullopt);
    EXPECT_EQ(variable(environment, "B"), "b");
    EXPECT_EQ(variable(environment, "C"), std::nullopt);
}

TEST(Environment, what_is_set_wins_over_the_file) {
    test::ProjectFolder const folder{};
    write_file(folder.project() / ".env", "A=file\nB=file\n");
    Environment environment{.working_directory = folder.project(), .variables = {{"A", "set"}}};
    EXPECT_TRUE(load_dotenv(environment, folder.project() / ".env"));
    EXPECT_EQ(environment.variables, (Variables{{"A", "set"}, {"B", "file"}}));
    EXPECT_FALSE(load_dotenv(environment, folder.project() / "none"));
}

}  // namespace

}  // namespace cm::engine
