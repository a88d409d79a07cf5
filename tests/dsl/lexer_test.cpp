// Tokens hold the whole text, and nothing that a file may contain breaks the lexer.
#include "dsl/lexer.hpp"

#include <gtest/gtest.h>

namespace cm::dsl {

namespace {

struct Lexed {
    SourceMap sources{};
    Diagnostics diagnostics{};
    Tokens tokens{};

    explicit Lexed(std::string text) {
        tokens = tokenize(sources, sources.add("schema.prisma", std::move(text)), diagnostics);
    }
};

std::vector<TokenKind> kinds(Tokens const& tokens) {
    std::vector<TokenKind> result{};
    for (auto const& token : tokens) result.push_back(token.kind);
    return result;
}

using K = TokenKind;

TEST(Lexer, splits_a_field) {
    Lexed const lexed("id Int? @default(-1.5)");
    EXPECT_EQ(kinds(lexed.tokens),
              (std::vector{K::identifier, K::identifier, K::question, K::at, K::identifier,
                           K::open_parenthesis, K::number, K::close_parenthesis, K::end}));
    EXPECT_EQ(lexed.tokens[6].text, "-1.5");
    EXPECT_TRUE(lexed.diagnostics.empty());
}

TEST(Lexer, keeps_comments_and_line_ends) {
    Lexed const lexed("// a\n/// b\r\n/* c\nd */\r");
    EXPECT_EQ(kinds(lexed.tokens), (std::vector{K::comment, K::newline, K::documentation,
                                                K::newline, K::block_comment, K::newline, K::end}));
    EXPECT_EQ(lexed.tokens[0].text, "// a");
    EXPECT_EQ(lexed.tokens[3].text, "\r\n");
    EXPECT_EQ(lexed.tokens[4].text, "/* c\nd */");
}

TEST(Lexer, tells_block_attributes_from_field_attributes) {
    EXPECT_EQ(kinds(Lexed("@@id @id").tokens),
              (std::vector{K::double_at, K::identifier, K::at, K::identifier, K::end}));
}

TEST(Lexer, steps_over_a_byte_order_mark_tabs_and_wide_spaces) {
    Lexed const lexed(
        "\xEF\xBB\xBF\ta\xC2\xA0"
        "b");
    EXPECT_EQ(kinds(lexed.tokens), (std::vector{K::identifier, K::identifier, K::end}));
    EXPECT_EQ(lexed.tokens[0].span.begin, 4U);
    EXPECT_TRUE(lexed.diagnostics.empty());
}

TEST(Lexer, takes_letters_of_all_languages_as_names) {
    Lexed const lexed("größe 表 first-name");
    ASSERT_EQ(lexed.tokens.size(), 4U);
    EXPECT_EQ(lexed.tokens[0].text, "größe");
    EXPECT_EQ(lexed.tokens[2].text, "first-name");
}

TEST(Lexer, a_number_that_goes_on_with_letters_is_no_number) {
    EXPECT_EQ(kinds(Lexed("1e5 12 5.").tokens),
              (std::vector{K::identifier, K::number, K::number, K::dot, K::end}));
}

TEST(Lexer, keeps_escapes_inside_strings) {
    Lexed const lexed(R"("a\"b" "\\")");
    EXPECT_EQ(kinds(lexed.tokens), (std::vector{K::string, K::string, K::end}));
    EXPECT_EQ(lexed.tokens[0].text, R"("a\"b")");
}

TEST(Lexer, reports_a_nul_byte_outside_comments) {
    Lexed const lexed(std::string("// \0\na \0 b", 10));
    ASSERT_EQ(lexed.diagnostics.all().size(), 1U);
    EXPECT_EQ(lexed.diagnostics.all()[0].code, "CM0101");
    EXPECT_EQ(lexed.diagnostics.all()[0].primary->span.begin, 7U);
}

TEST(Lexer, reports_invalid_utf8_once_a_file) {
    for (std::string const text : {"a \xFF\xFE b", "// caf\xE9\n\xE9", "\"\xC0\xAF\"",
                                   "\xED\xA0\x80", "a\xF4\x90\x80\x80", "x \xE2\x82"}) {
        Lexed const lexed(text);
        ASSERT_EQ(lexed.diagnostics.all().size(), 1U) << text;
        EXPECT_EQ(lexed.diagnostics.all()[0].code, "CM0102") << text;
    }
}

TEST(Lexer, survives_every_single_byte_and_every_pair) {
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            std::string const text{static_cast<char>(first), static_cast<char>(second)};
            Lexed const lexed(text);
            ASSERT_EQ(lexed.tokens.back().kind, K::end);
            ASSERT_EQ(lexed.tokens.back().span.end, 2U);
        }
    }
}

TEST(Lexer, ends_an_unclosed_string_with_its_line) {
    Lexed const lexed("\"abc\nid");
    EXPECT_EQ(kinds(lexed.tokens), (std::vector{K::invalid, K::newline, K::identifier, K::end}));
    EXPECT_EQ(lexed.diagnostics.all()[0].code, "CM0104");
    EXPECT_EQ(Lexed("\"abc\\").diagnostics.all()[0].code, "CM0104");
    EXPECT_EQ(Lexed("/* abc").diagnostics.all()[0].code, "CM0103");
}

TEST(Lexer, stops_where_memory_would_be_wasted) {
    Lexed const lexed(std::string(1'400'001, '['));
    EXPECT_EQ(lexed.tokens.size(), 1'400'001U);
    EXPECT_EQ(lexed.tokens.back().kind, K::end);
    ASSERT_EQ(lexed.diagnostics.all().size(), 1U);
    EXPECT_EQ(lexed.diagnostics.all().front().code, "CM0113");
}

}  // namespace

}  // namespace cm::dsl
