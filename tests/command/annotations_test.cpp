// What GitHub's runner reads: its escapes, and paths from the repository's folder.
#include "command/annotations.hpp"

#include <gtest/gtest.h>

namespace cm::command {
namespace {

TEST(Annotations, name_the_place_from_the_repository) {
    SourceMap sources{};
    auto const file = sources.add("prisma/schema.prisma", "model A {\n  id Itn @id\n}\n");
    auto finding = error("CM0201", "unknown type `{}`", "Itn");
    finding.primary = Label{{file, 15, 18}, {}};
    EXPECT_EQ(annotations({finding}, sources, "services/api"),
              "::error file=services/api/prisma/schema.prisma,line=2,col=6,title=CM0201::"
              "unknown type `Itn`\n");
    EXPECT_EQ(annotations({finding}, sources, ""),
              "::error file=prisma/schema.prisma,line=2,col=6,title=CM0201::"
              "unknown type `Itn`\n");
}

TEST(Annotations, are_one_line_each) {
    auto const finding = error("CM0504", "100%\nfailed: a, b").note("first").help("second");
    EXPECT_EQ(annotations({finding}, {}, ""),
              "::error title=CM0504::100%25%0Afailed: a, b%0Afirst%0Ahelp: second\n");
}

TEST(Annotations, have_the_severity) {
    Diagnostic warning{.severity = Severity::warning, .code = "CM0062", .message = "w"};
    Diagnostic note{.severity = Severity::note, .code = "CM0540", .message = "n"};
    EXPECT_EQ(annotations({warning, note}, {}, ""),
              "::warning title=CM0062::w\n::notice title=CM0540::n\n");
}

TEST(Annotations, AreNotMadeByWhatIsMerelyShown) {
    EXPECT_EQ(without_workflow_commands("::error::x\n \t::set-env name=a::b\na ::error::\n"),
              "\\::error::x\n \t\\::set-env name=a::b\na ::error::\n");
    EXPECT_EQ(without_workflow_commands("\xC2\xA0::debug::x"), "\xC2\xA0\\::debug::x");
    EXPECT_EQ(without_workflow_commands("  ::: a.prisma:3:4\n:::error x::y"),
              "  ::: a.prisma:3:4\n\\:::error x::y");
    EXPECT_EQ(without_workflow_commands("a ##[error]##[b"), "a ##\\[error]##\\[b");
    EXPECT_EQ(json_without_workflow_commands(R"({"a":"##[error]"})"), R"({"a":"#\u0023[error]"})");
}

}  // namespace
}  // namespace cm::command
