// tests/cases/diagnostics/**.txtar: `*.prisma` files and the `expected` report on them. Optional
// `options`:
//   naming: snake_case
//   foreignKeyIndexes: true
// A case whose report holds neither an error nor a warning is refused: it would test nothing.
#include <gtest/gtest.h>

#include "base/diagnostic_printer.hpp"
#include "dsl/dsl.hpp"
#include "support/case_file.hpp"
#include "support/golden.hpp"
#include "support/naming_options.hpp"

namespace cm::test {

namespace {

/// The report on all `.prisma` sections together; empty if there is nothing to say.
std::string report(CaseFile const& file) {
    SourceMap sources{};
    std::vector<FileId> files{};
    for (auto const& section : file.ending_with(".prisma")) {
        files.push_back(sources.add(section.name, section.text));
    }
    if (files.empty()) throw std::runtime_error("the case has no `.prisma` section");
    Diagnostics diagnostics{};
    dsl::read(sources, files, read_naming(file), diagnostics);
    diagnostics.sort();
    return render(diagnostics.all(), sources, Color::never);
}

class DiagnosticsCase : public testing::TestWithParam<std::string> {};

TEST_P(DiagnosticsCase, report) {
    auto const path = case_path("diagnostics", GetParam());
    auto const actual = report(read_case(path));
    ASSERT_TRUE(actual.find("error[CM") != std::string::npos ||
                actual.find("warning[CM") != std::string::npos)
        << path.string() << ": nothing is wrong with this schema, so the case tests nothing\n"
        << actual;
    EXPECT_TRUE(matches_section(path, "expected", actual));
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(DiagnosticsCase);
INSTANTIATE_TEST_SUITE_P(cases, DiagnosticsCase, testing::ValuesIn(find_cases("diagnostics")),
                         parameter_name);

}  // namespace

}  // namespace cm::test
