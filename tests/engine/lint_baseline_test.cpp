#include "engine/lint_baseline.hpp"

#include <gtest/gtest.h>

namespace cm::engine {
namespace {

TEST(LintBaseline, a_new_file) {
    EXPECT_EQ(with_lint_baseline("", "1_a"), "{\n    \"lint\": { \"baseline\": \"1_a\" }\n}\n");
}

TEST(LintBaseline, beside_other_keys) {
    EXPECT_EQ(
        with_lint_baseline("{\n    // how\n    \"seed\": \"a.sql\"\n}\n", "1_a"),
        "{\n    \"lint\": { \"baseline\": \"1_a\" },\n    // how\n    \"seed\": \"a.sql\"\n}\n");
    EXPECT_EQ(with_lint_baseline("{}", "1_a"), "{\n    \"lint\": { \"baseline\": \"1_a\" }}");
}

TEST(LintBaseline, beside_other_settings_of_lint) {
    EXPECT_EQ(with_lint_baseline(R"({"lint": {"rules": {"a": "off"}}})", "1_a"),
              R"({"lint": { "baseline": "1_a","rules": {"a": "off"}}})");
    EXPECT_EQ(with_lint_baseline(R"({"lint": {}})", "1_a"), R"({"lint": { "baseline": "1_a" }})");
}

TEST(LintBaseline, instead_of_the_one_before) {
    EXPECT_EQ(with_lint_baseline(R"({"a": "}\"", /* " */ "lint": {"x": [1, {}], "baseline": "0"}})",
                                 "1_a"),
              R"({"a": "}\"", /* " */ "lint": {"x": [1, {}], "baseline": "1_a"}})");
}

}  // namespace
}  // namespace cm::engine
