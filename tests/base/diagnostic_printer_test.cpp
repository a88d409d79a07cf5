// What a diagnostic looks like, to the letter.
#include "base/diagnostic_printer.hpp"

#include <gtest/gtest.h>

namespace cm {
namespace {

Span find(SourceMap const& sources, FileId file, std::string_view words) {
    auto const at = sources.text(file).find(words);
    EXPECT_NE(at, std::string_view::npos) << words;
    return {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
}

class DiagnosticPrinter : public testing::Test {
  protected:
    FileId add(std::string text, std::string name = "schema.prisma") {
        return sources_.add(std::move(name), std::move(text));
    }

    Diagnostic at(Span span, std::string text = {}) {
        Diagnostic diagnostic = error("CM0001", "message");
        diagnostic.primary = Label{span, std::move(text)};
        return diagnostic;
    }

    std::string show(Diagnostic const& diagnostic) {
        return render(diagnostic, sources_, Color::never);
    }

    SourceMap sources_{};
};

TEST_F(DiagnosticPrinter, ShowsTwoLabelsFarApartWithNotesAndHelps) {
    auto const file =
        add("model User {\n  id       Int\n  email    String\n}\n\nmodel Post {\n  author   User "
            "@relation(references: [email])\n}\n");
    auto diagnostic = at(find(sources_, file, "email])"));
    diagnostic.primary->span.end -= 2;
    diagnostic.label(find(sources_, file, "email "), "declared here")
        .note("a fact")
        .help("add `@unique`");
    diagnostic.secondary[0].span.end -= 1;
    EXPECT_EQ(show(diagnostic),
              "error[CM0001]: message\n"
              "  --> schema.prisma:7:40\n"
              "   |\n"
              " 3 |   email    String\n"
              "   |   ----- declared here\n"
              "...\n"
              " 7 |   author   User @relation(references: [email])\n"
              "   |                                        ^^^^^\n"
              "   = note: a fact\n"
              "   = help: add `@unique`\n");
}

TEST_F(DiagnosticPrinter, HangsTheTextsOfSeveralLabelsOnALine) {
    auto const file = add("one two three");
    auto diagnostic = at(find(sources_, file, "two"), "second");
    diagnostic.label(find(sources_, file, "one"), "first")
        .label(find(sources_, file, "three"), "third");
    EXPECT_EQ(show(diagnostic),
              "error[CM0001]: message\n"
              "  --> schema.prisma:1:5\n"
              "   |\n"
              " 1 | one two three\n"
              "   | --- ^^^ ----- third\n"
              "   | |   second\n"
              "   | first\n");
}

TEST_F(DiagnosticPrinter, MarksFirstAndLastLineOfALongSpan) {
    auto const file = add("create table a (\n  b int,\n  c int,\n  d int\n);\n");
    EXPECT_EQ(show(at({file, 0, 44}, "here")),
              "error[CM0001]: message\n"
              "  --> schema.prisma:1:1\n"
              "   |\n"
              " 1 | create table a (\n"
              "   | ^^^^^^^^^^^^^^^^\n"
              "...\n"
              " 5 | );\n"
              "   | ^ here\n");
}

TEST_F(DiagnosticPrinter, ShowsASingleLineInBetween) {
    auto const file = add("a\nb\nc");
    auto diagnostic = at(find(sources_, file, "a"));
    diagnostic.label(find(sources_, file, "c"), "");
    EXPECT_EQ(show(diagnostic),
              "error[CM0001]: message\n  --> schema.prisma:1:1\n   |\n 1 | a\n   | ^\n 2 | b\n 3 | "
              "c\n   | -\n");
}

TEST_F(DiagnosticPrinter, AlignsCaretsBelowTabsAndWideCharacters) {
    auto const file = add("\tnom\xC3\xA9 \xE6\xBC\xA2\xE5\xAD\x97 x e\xCC\x81 y");
    EXPECT_EQ(show(at(find(sources_, file, "\xE6\xBC\xA2\xE5\xAD\x97"))),
              "error[CM0001]: message\n  --> schema.prisma:1:7\n   |\n"
              " 1 |     nom\xC3\xA9 \xE6\xBC\xA2\xE5\xAD\x97 x e\xCC\x81 y\n"
              "   |          ^^^^\n");
    EXPECT_NE(show(at(find(sources_, file, "y"))).find("   | " + std::string(18, ' ') + "^\n"),
              std::string::npos);
}

TEST_F(DiagnosticPrinter, GivesEachFurtherFileItsOwnPart) {
    auto const first = add("aaa", "a.prisma");
    auto const second = add("bbb\nccc", "b.prisma");
    auto diagnostic = at(find(sources_, first, "aaa"));
    diagnostic.label(find(sources_, second, "ccc"), "also here");
    EXPECT_EQ(show(diagnostic),
              "error[CM0001]: message\n"
              "  --> a.prisma:1:1\n   |\n 1 | aaa\n   | ^^^\n"
              "  ::: b.prisma:2:1\n   |\n 2 | ccc\n   | --- also here\n");
}

TEST_F(DiagnosticPrinter, ClipsALongLineAroundThePrimaryLabel) {
    auto const file = add(std::string(1000, 'x') + "HERE" + std::string(1000, 'y'));
    auto const text = show(at(find(sources_, file, "HERE")));
    EXPECT_NE(text.find("HERE"), std::string::npos);
    EXPECT_NE(text.find("…"), std::string::npos);
    EXPECT_LT(text.size(), 500U);
    auto const line = text.substr(text.find(" 1 | "));
    auto const carets =
        text.substr(text.find("   | ^") == std::string::npos ? text.rfind("   | ") : 0);
    EXPECT_NE(carets.find("^^^^"), std::string::npos);
    // `…` has three bytes and one column.
    EXPECT_EQ(line.find("HERE") - 2, carets.find("^^^^"));
}

TEST_F(DiagnosticPrinter, MarksTheEndOfTheFile) {
    auto const file = add("ab");
    EXPECT_EQ(show(at({file, 2, 2})),
              "error[CM0001]: message\n  --> schema.prisma:1:3\n   |\n 1 | ab\n   |   ^\n");
}

TEST_F(DiagnosticPrinter, ShowsWhatHasNoPlace) {
    auto diagnostic = error("CM0402", "cannot reach").help("one\ntwo");
    diagnostic.severity = Severity::warning;
    EXPECT_EQ(show(diagnostic), "warning[CM0402]: cannot reach\n  = help: one\n          two\n");
}

TEST_F(DiagnosticPrinter, SetsColorsOnlyWhenAsked) {
    auto const file = add("ab");
    auto const diagnostic = at({file, 0, 1});
    EXPECT_EQ(show(diagnostic).find('\x1b'), std::string::npos);
    EXPECT_NE(render(diagnostic, sources_, Color::always).find("\x1b[1;31m^\x1b[0m"),
              std::string::npos);
}

TEST_F(DiagnosticPrinter, WidensTheGutterForLargeLineNumbers) {
    auto const file = add(std::string(12344, '\n') + "x");
    EXPECT_EQ(
        show(at({file, 12344, 12345})),
        "error[CM0001]: message\n     --> schema.prisma:12345:1\n      |\n12345 | x\n      | ^\n");
}

TEST_F(DiagnosticPrinter, SeparatesSeveralByAnEmptyLine) {
    std::vector<Diagnostic> const two{error("CM0001", "a"), error("CM0002", "b")};
    EXPECT_EQ(render(two, sources_, Color::never), "error[CM0001]: a\n\nerror[CM0002]: b\n");
}

}  // namespace
}  // namespace cm
