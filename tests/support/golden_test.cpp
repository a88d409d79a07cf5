// The comparison must be able to fail, say where, and rewrite a case only when asked to.
#include "support/golden.hpp"

#include <unistd.h>

#include <cstdlib>

#include "support/case_file.hpp"

namespace cm::test {

namespace {

/// A case file of its own and an environment without CM_UPDATE.
class GoldenTest : public testing::Test {
  protected:
    void SetUp() override {
        if (auto const* value = std::getenv("CM_UPDATE")) was_updating_ = value;
        unsetenv("CM_UPDATE");
        write_text(path_, text_);
    }

    void TearDown() override {
        unsetenv("CM_UPDATE");
        if (!was_updating_.empty()) setenv("CM_UPDATE", was_updating_.c_str(), 1);
        std::filesystem::remove(path_);
    }

    std::string const text_ = "A case.\n-- expected --\none\ntwo\n";
    std::filesystem::path const path_ = std::filesystem::temp_directory_path() /
                                        ("cm-golden-" + std::to_string(getpid()) + ".txtar");

  private:
    std::string was_updating_{};
};

TEST_F(GoldenTest, equal_text_matches) {
    EXPECT_TRUE(matches_section(path_, "expected", "one\ntwo\n"));
    EXPECT_TRUE(same_text("a\n", "a\n"));
}

TEST_F(GoldenTest, other_text_fails_with_a_diff_and_leaves_the_file) {
    auto const result = matches_section(path_, "expected", "one\nthree\n");
    ASSERT_FALSE(result);
    EXPECT_NE(std::string(result.message()).find("@@ -1 +1 @@\n one\n-two\n+three\n"),
              std::string::npos)
        << result.message();
    EXPECT_EQ(read_text(path_), text_);
}

TEST_F(GoldenTest, a_missing_section_fails) {
    EXPECT_FALSE(matches_section(path_, "other", "one\n"));
    EXPECT_FALSE(matches_section(path_, "other", ""));
}

TEST_F(GoldenTest, updating_rewrites_the_section) {
    setenv("CM_UPDATE", "1", 1);
    EXPECT_TRUE(matches_section(path_, "expected", "one\nthree\n"));
    EXPECT_EQ(read_text(path_), "A case.\n-- expected --\none\nthree\n");
}

TEST(UnifiedDiff, shows_three_lines_around_a_change_and_counts_lines) {
    EXPECT_EQ(unified_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
              "@@ -2 +2 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
    EXPECT_EQ(unified_diff("a\n", "a\nb\n"), "@@ -1 +1 @@\n a\n+b\n");
    EXPECT_EQ(unified_diff("", "b\n"), "@@ -1 +1 @@\n+b\n");
    EXPECT_EQ(unified_diff("a\n", "a\n"), "");
}

TEST(UnifiedDiff, a_missing_line_end_is_a_difference) {
    EXPECT_NE(unified_diff("a\n", "a"), "");
}

}  // namespace

}  // namespace cm::test
