// Unified diffs by longest common subsequence; texts of test cases are small enough for the plain
// table.
#include "support/golden.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "support/case_file.hpp"

namespace cm::test {

namespace {

constexpr std::size_t context_lines = 3;

using Lines = std::vector<std::string_view>;

/// A line of a diff: ' ' in both, '-' expected only, '+' actual only.
struct DiffLine {
    char sign{};
    std::string_view text{};
};

Lines split_lines(std::string_view text) {
    Lines lines{};
    while (!text.empty()) {
        auto const end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

/// lengths[i][j]: the longest common subsequence of a[i…] and b[j…].
std::vector<std::vector<std::size_t>> common_lengths(Lines const& a, Lines const& b) {
    std::vector lengths(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (auto i = a.size(); i-- > 0;) {
        for (auto j = b.size(); j-- > 0;) {
            lengths[i][j] = a[i] == b[j] ? lengths[i + 1][j + 1] + 1
                                         : std::max(lengths[i + 1][j], lengths[i][j + 1]);
        }
    }
    return lengths;
}

std::vector<DiffLine> all_lines(Lines const& a, Lines const& b) {
    auto const lengths = common_lengths(a, b);
    std::vector<DiffLine> result{};
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && a[i] == b[j]) {
            result.push_back({' ', a[i]});
            ++i, ++j;
        } else if (j == b.size() || (i < a.size() && lengths[i + 1][j] >= lengths[i][j + 1])) {
            result.push_back({'-', a[i++]});
        } else {
            result.push_back({'+', b[j++]});
        }
    }
    return result;
}

bool is_near_change(std::vector<DiffLine> const& lines, std::size_t index) {
    auto const first = index - std::min(index, context_lines);
    auto const last = std::min(index + context_lines + 1, lines.size());
    return std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(first),
                       lines.begin() + static_cast<std::ptrdiff_t>(last),
                       [](DiffLine const& line) { return line.sign != ' '; });
}

/// Equal lines but a difference all the same: the one that split_lines cannot see.
std::string line_end_difference(std::string_view expected, std::string_view actual) {
    if (expected == actual) return {};
    return fmt::format(" (the texts differ only in the last line end: expected {}, got {})\n",
                       expected.ends_with('\n') ? "one" : "none",
                       actual.ends_with('\n') ? "one" : "none");
}

}  // namespace

bool is_updating() {
    auto const* value = std::getenv("CM_UPDATE");
    return value != nullptr && std::string_view(value) == "1";
}

std::string unified_diff(std::string_view expected, std::string_view actual) {
    auto const lines = all_lines(split_lines(expected), split_lines(actual));
    std::string result{};
    bool skipping = true;
    std::size_t expected_line = 1;
    std::size_t actual_line = 1;
    for (std::size_t index = 0; index < lines.size(); ++index) {
        auto const& [sign, text] = lines[index];
        if (is_near_change(lines, index)) {
            if (skipping) result += fmt::format("@@ -{} +{} @@\n", expected_line, actual_line);
            result += fmt::format("{}{}\n", sign, text);
            skipping = false;
        } else {
            skipping = true;
        }
        if (sign != '+') ++expected_line;
        if (sign != '-') ++actual_line;
    }
    return result.empty() ? line_end_difference(expected, actual) : result;
}

testing::AssertionResult same_text(std::string_view expected, std::string_view actual) {
    if (expected == actual) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "--- expected\n+++ actual\n"
                                       << unified_diff(expected, actual);
}

testing::AssertionResult matches_section(std::filesystem::path const& path,
                                         std::string_view section, std::string_view actual) {
    auto file = read_case(path);
    auto updated = file;
    updated.set(section, std::string(actual));
    if (updated == file) return testing::AssertionSuccess();
    if (is_updating()) {
        write_text(path, to_text(updated));
        return testing::AssertionSuccess();
    }
    auto const advice =
        fmt::format("{}, section `{}`; CM_UPDATE=1 rewrites it\n", path.string(), section);
    if (!file.has(section)) return testing::AssertionFailure() << "no such section: " << advice;
    return same_text(file.text(section), updated.text(section)) << advice;
}

testing::AssertionResult matches_file(std::filesystem::path const& path, std::string_view actual) {
    if (is_updating()) {
        write_text(path, std::string{actual});
        return testing::AssertionSuccess();
    }
    auto const text = std::filesystem::exists(path) ? read_text(path) : std::string{};
    auto result = same_text(text, actual);
    if (!result) result << fmt::format("{}; CM_UPDATE=1 rewrites it\n", path.string());
    return result;
}

std::string parameter_name(testing::TestParamInfo<std::string> const& info) {
    return test_name(info.param);
}

}  // namespace cm::test
