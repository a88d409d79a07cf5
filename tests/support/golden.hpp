// Comparing text with what a case expects: a difference is shown as a unified diff, and with
// CM_UPDATE=1 in the environment the case is rewritten instead, to be reviewed with `git diff`.
#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace cm::test {

/// True if expectations are to be rewritten.
bool is_updating();

/// The differing lines with three lines around them; empty if the texts are equal.
std::string unified_diff(std::string_view expected, std::string_view actual);

/// Success if the texts are equal, else a failure that shows the diff.
testing::AssertionResult same_text(std::string_view expected, std::string_view actual);

/// same_text against a section of the case at `path`; rewrites the section while updating.
testing::AssertionResult matches_section(std::filesystem::path const& path,
                                         std::string_view section, std::string_view actual);

/// Success if the file holds `actual`; rewrites it while updating.
testing::AssertionResult matches_file(std::filesystem::path const& path, std::string_view actual);

/// Names a test after its case, for INSTANTIATE_TEST_SUITE_P.
std::string parameter_name(testing::TestParamInfo<std::string> const& info);

}  // namespace cm::test
