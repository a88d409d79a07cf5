// Syntax trees, and what remains of a file with errors. The messages themselves are
// in tests/cases/diagnostics/syntax.
#include "dsl/parser.hpp"

#include <gtest/gtest.h>

#include "dsl/dsl.hpp"

namespace cm::dsl {

namespace {

struct Parsed {
    SourceMap sources{};
    Diagnostics diagnostics{};
    Document document{};

    explicit Parsed(std::string text) {
        document = parse(sources, {sources.add("schema.prisma", std::move(text))}, diagnostics);
    }

    std::vector<std::string> codes() const {
        std::vector<std::string> result{};
        for (auto const& diagnostic : diagnostics.all()) result.emplace_back(diagnostic.code);
        return result;
    }
};

using Codes = std::vector<std::string>;

TEST(Parser, reads_all_sorts_of_blocks) {
    Parsed const parsed(
        "datasource db {\n  url = env(\"X\")\n}\ngenerator g {\n  a = [\"b\", 1]\n}\n"
        "model A {\n  id Int @id\n  @@map(\"as\")\n}\nview V {\n  id Int\n}\nenum E {\n  A "
        "@map(\"a\")\n}\n");
    EXPECT_EQ(parsed.codes(), Codes{});
    auto const& blocks = parsed.document.blocks;
    ASSERT_EQ(blocks.size(), 5U);
    EXPECT_EQ(std::get<CallValue>(blocks[0].properties[0].value->value).name.text, "env");
    EXPECT_EQ(std::get<ListValue>(blocks[1].properties[0].value->value).items.size(), 2U);
    EXPECT_EQ(blocks[2].attributes[0].name.text, "map");
    EXPECT_EQ(blocks[3].keyword.text, "view");
    EXPECT_EQ(blocks[4].values[0].attributes[0].name.text, "map");
}

TEST(Parser, reads_types_attributes_and_arguments) {
    Parsed const parsed(
        "model A {\n  a Unsupported(\"circle\")? @x.Y(1, b: [c(sort: Desc)]) @z\n  b B [] @ "
        "unique\n}\n");
    EXPECT_EQ(parsed.codes(), Codes{});
    auto const& fields = parsed.document.blocks[0].fields;
    EXPECT_EQ(fields[0].type.arity, Arity::optional);
    EXPECT_EQ(std::get<StringValue>(fields[0].type.argument->value).text, "circle");
    ASSERT_EQ(fields[0].attributes.size(), 2U);
    EXPECT_EQ(fields[0].attributes[0].name.text, "x.Y");
    EXPECT_EQ(fields[0].attributes[0].arguments[1].name->text, "b");
    EXPECT_FALSE(fields[0].attributes[1].has_parentheses);
    EXPECT_EQ(fields[1].type.arity, Arity::list);
    EXPECT_EQ(fields[1].attributes[0].name.text, "unique");
}

TEST(Parser, gives_spans_that_point_at_the_text) {
    Parsed const parsed("model A {\n  id Int @id(map: \"x\") // c\n}\n");
    auto const& field = parsed.document.blocks[0].fields[0];
    EXPECT_EQ(parsed.sources.text(field.span), "id Int @id(map: \"x\")");
    EXPECT_EQ(parsed.sources.text(field.attributes[0].span), "@id(map: \"x\")");
    EXPECT_EQ(parsed.sources.text(field.attributes[0].arguments[0].span), "map: \"x\"");
    EXPECT_EQ(parsed.sources.text(field.type.span), "Int");
}

TEST(Parser, gives_words_as_they_are_meant) {
    Parsed const parsed(
        "/// a\nmodel A { /// b\n  /// c\n  id Int @default(x . y) @map(\"a\\\"b\") /// d\n}\n");
    EXPECT_EQ(parsed.codes(), Codes{});
    auto const copy = parsed.document;
    auto const& attributes = copy.blocks[0].fields[0].attributes;
    EXPECT_EQ(std::get<NameValue>(attributes[0].arguments[0].value[0].value).text, "x.y");
    EXPECT_EQ(std::get<StringValue>(attributes[1].arguments[0].value[0].value).text, "a\"b");
}

TEST(Parser, reports_each_wrong_line_and_keeps_the_others) {
    Parsed const parsed(
        "model A {\n  a\n  b Int\n  c Int @x(\n  d Int\n}\n\nmodel B {\n  e Int :\n  f Int\n}\n");
    EXPECT_EQ(parsed.codes(), (Codes{"CM0106", "CM0106", "CM0108"}));
    ASSERT_EQ(parsed.document.blocks.size(), 2U);
    EXPECT_EQ(parsed.document.blocks[0].fields.size(), 2U);
    EXPECT_TRUE(parsed.document.blocks[0].has_errors);
    EXPECT_EQ(parsed.document.blocks[1].fields.size(), 1U);
}

TEST(Parser, goes_on_behind_arguments_that_were_continued_on_further_lines) {
    Parsed const parsed("model A {\n  a Int\n  @@id(\n    [a,\n     b]\n  )\n  c Int\n}\n");
    EXPECT_EQ(parsed.codes(), Codes{"CM0106"});
    EXPECT_EQ(parsed.document.blocks[0].fields.size(), 2U);
}

TEST(Parser, goes_on_behind_an_unknown_block) {
    Parsed const parsed(
        "modle A {\n  id Int\n}\nmodel B\n{\n  id Int\n}\nmodel C {\n  id Int\n}\n");
    EXPECT_EQ(parsed.codes(), (Codes{"CM0109", "CM0106"}));
    ASSERT_EQ(parsed.document.blocks.size(), 1U);
    EXPECT_EQ(parsed.document.blocks[0].name.text, "C");
}

TEST(Parser, finds_the_next_block_when_a_brace_is_missing) {
    Parsed const parsed("model A {\n  id Int\n\nmodel B {\n  id Int\n}\n");
    EXPECT_EQ(parsed.codes(), Codes{"CM0110"});
    EXPECT_EQ(parsed.document.blocks.size(), 2U);
}

TEST(Parser, a_field_may_be_called_like_a_keyword) {
    Parsed const parsed(
        "model A {\n  model Int\n  enum Int\n  type String\n}\nmodel model {\n  a Int\n}\n");
    EXPECT_EQ(parsed.codes(), Codes{});
    EXPECT_EQ(parsed.document.blocks[0].fields.size(), 3U);
}

TEST(Parser, limits_the_depth_of_values) {
    for (std::string const open : {"[", "a(", "{ a: "}) {
        std::string text = "model A {\n  a Int @x(";
        for (int i = 0; i < 100000; ++i) text += open;
        EXPECT_EQ(Parsed(text + "\n}\n").codes().front(), "CM0112");
    }
}

TEST(Parser, survives_every_beginning_of_a_file) {
    std::string const text =
        "datasource db {\n  provider = \"postgresql\"\n  extensions = [a(map: \"b\")]\n}\n"
        "/// d\nmodel A {\n  id Int? @id(map: \"x\") // c\n  b Unsupported(\"c\")[]\n  "
        "@@index([a(sort: Desc)])\n}\n"
        "enum E {\n  A @map(\"a\")\n}\n";
    for (std::size_t length = 0; length <= text.size(); ++length) {
        Parsed const parsed(text.substr(0, length));
        EXPECT_LE(parsed.document.blocks.size(), 3U);
        Parsed const damaged(text.substr(0, length) + "}" + text.substr(length));
        EXPECT_LE(damaged.document.blocks.size(), 3U);
    }
}

TEST(Parser, stops_where_memory_would_be_wasted) {
    std::string text = "enum E {\n";
    for (auto i = 0; i <= 180'000; ++i) text += "A\n";
    EXPECT_EQ(Parsed(text + "}\n").codes(), Codes{"CM0113"});
    text.clear();
    for (auto i = 0; i <= 50'000; ++i) text += "enum E {\n}\n";
    EXPECT_EQ(Parsed(text).codes(), Codes{"CM0113"});
}

}  // namespace

}  // namespace cm::dsl
