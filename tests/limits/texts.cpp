// See texts.hpp.
#include "limits/texts.hpp"

#include <fmt/format.h>

#include <random>

namespace cm::test {

namespace {

constexpr auto datasource = "datasource db {\n  provider = \"postgresql\"\n}\n";

std::string repeated(std::string_view unit, std::size_t size) {
    std::string text{};
    text.reserve(size + unit.size());
    while (text.size() < size) text += unit;
    return text;
}

/// The unit again and again, its `{0}` numbered, its `{1}` one more.
std::string numbered(std::string_view unit, std::size_t size) {
    std::string text{};
    text.reserve(size + unit.size());
    for (std::size_t i = 0; text.size() < size; ++i) {
        text += fmt::format(fmt::runtime(unit), i, i + 1);
    }
    return text;
}

std::string model(std::string_view members) {
    return fmt::format("{}model A {{\n  id Int @id\n  k Int\n{}\n}}\n", datasource, members);
}

std::string as_default(std::string const& value) {
    return model(fmt::format("  x String @default({}\n", value));
}

template <char... text>
std::string nested(std::size_t size) {
    constexpr char unit[] = {text..., '\0'};
    return as_default(repeated(unit, size));
}

template <char... text>
std::string bare(std::size_t size) {
    constexpr char unit[] = {text..., '\0'};
    return repeated({unit, sizeof...(text)}, size);
}

std::string random_bytes(std::size_t size) {
    std::mt19937 random{1};
    std::string text(size, ' ');
    for (auto& c : text) c = static_cast<char>(random());
    return text;
}

/// Two models, half of the text in each; `in_b` may be empty.
std::string pair(std::string_view in_a, std::string_view in_b, std::size_t size) {
    return model(numbered(in_a, size / 2)) +
           fmt::format("model B {{\n  id Int @id\n  k Int\n{}}}\n",
                       in_b.empty() ? std::string() : numbered(in_b, size / 2));
}

std::string with_line_ends(std::string_view line_end, std::string_view text) {
    std::string result{};
    for (auto const c : text) {
        if (c == '\n') {
            result += line_end;
        } else {
            result += c;
        }
    }
    return result;
}

std::string tiny_models(std::size_t size) {
    return datasource + numbered("model M{0} {{\n id Int @id\n}}\n", size);
}

std::string key_of_all_fields(std::size_t size) {
    auto const count = size / 30;
    std::string names{};
    for (std::size_t i = 0; i < count; ++i) names += fmt::format("f{},", i);
    names.pop_back();
    return datasource +
           fmt::format("model A {{\n{}@@id([{}])\n}}\n", numbered(" f{0} Int\n", size / 2), names);
}

}  // namespace

std::vector<HostileText> const& hostile_texts() {
    static std::vector<HostileText> const all{
        // Nesting and endless repetition.
        {"brackets", bare<'['>},
        {"parentheses", bare<'('>},
        {"braces", bare<'{'>},
        {"ats", bare<'@'>},
        {"quotes", bare<'"'>},
        {"slashes", bare<'/'>},
        {"comment_starts", bare<'/', '*'>},
        {"empty_comments", bare<'/', '*', '*', '/'>},
        {"nested_lists", nested<'['>},
        {"nested_calls", nested<'f', '('>},
        {"nested_objects", nested<'{', 'a', ':'>},
        {"dotted_name", nested<'a', '.'>},
        {"digits", nested<'1'>},
        {"long_list", nested<'1', ','>},
        {"unclosed_blocks", [](std::size_t n) { return repeated("model A {\n", n); }},
        {"unclosed_arguments",
         [](std::size_t n) { return model(repeated(" a Int @default(1, (\n", n)); }},
        // Long things.
        {"long_name",
         [](std::size_t n) {
             return datasource + ("model " + std::string(n, 'A')) + " {\n id Int @id\n}\n";
         }},
        {"long_string",
         [](std::size_t n) { return as_default('"' + std::string(n, 'x') + "\")"); }},
        {"escapes",
         [](std::size_t n) { return as_default('"' + repeated("\\u00e9\\q", n) + "\")"); }},
        {"one_line", [](std::size_t n) { return with_line_ends(" ", tiny_models(n)); }},
        {"wide_line", [](std::size_t n) { return model(" x Int" + repeated(" @uniqe", n)); }},
        {"deep_sql",
         [](std::size_t n) { return as_default("dbgenerated(\"" + std::string(n, '(') + "\"))"); }},
        {"long_sql",
         [](std::size_t n) { return as_default("dbgenerated(\"" + repeated("1+", n) + "1\"))"); }},
        // A million of everything.
        {"models", tiny_models},
        {"same_models",
         [](std::size_t n) { return datasource + repeated("model M {\n id Int @id\n}\n", n); }},
        {"same_tables",
         [](std::size_t n) {
             return datasource + numbered("model M{0} {{\n id Int @id\n @@map(\"m\")\n}}\n", n);
         }},
        {"fields", [](std::size_t n) { return model(numbered(" f{0} Int\n", n)); }},
        {"same_fields", [](std::size_t n) { return model(repeated(" f Int\n", n)); }},
        {"unknown_types", [](std::size_t n) { return model(numbered(" f{0} Itn\n", n)); }},
        {"unknown_models",
         [](std::size_t n) {
             return datasource + numbered("model M{0} {{\n id Int @id\n x Modle{0}\n}}\n", n);
         }},
        {"unique_fields", [](std::size_t n) { return model(numbered(" f{0} Int @unique\n", n)); }},
        {"same_attributes",
         [](std::size_t n) { return model(" x Int" + repeated(" @unique", n)); }},
        {"same_indexes", [](std::size_t n) { return model(repeated("@@index([k])\n", n)); }},
        {"indexes",
         [](std::size_t n) { return model(numbered("@@index([k], map: \"i{0}\")\n", n)); }},
        {"named_keys",
         [](std::size_t n) {
             return model(numbered("@@unique([id, k], map: \"i{0}\", name: \"n{0}\")\n", n));
         }},
        {"field_listed_often",
         [](std::size_t n) { return model("@@index([" + repeated("k,", n) + "k])"); }},
        {"unknown_listed",
         [](std::size_t n) {
             return model(numbered(" f{0} Int\n", n / 2) + "@@index([" + numbered("g{0},", n / 2) +
                          "k])");
         }},
        {"key_of_all_fields", key_of_all_fields},
        {"enums", [](std::size_t n) { return datasource + numbered("enum E{0} {{\n A\n}}\n", n); }},
        {"enum_defaults",
         [](std::size_t n) {
             return datasource + ("enum E {\n" + numbered("V{0}\n", n / 4) + "}\n") +
                    "model A {\n id Int @id\n" + numbered(" f{0} E @default(V{0})\n", n * 3 / 4) +
                    "}\n";
         }},
        {"generators",
         [](std::size_t n) { return repeated("generator g {\n provider = \"x\"\n}\n", n); }},
        {"properties",
         [](std::size_t n) { return "datasource db {\n" + numbered(" p{0} = 1\n", n) + "}\n"; }},
        {"preview_features",
         [](std::size_t n) {
             return "generator g {\n provider = \"x\"\n previewFeatures = [" +
                    numbered("\"f{0}\",", n) + "\"x\"]\n}\n";
         }},
        {"schemas",
         [](std::size_t n) {
             return "datasource db {\n provider = \"postgresql\"\n schemas = [" +
                    numbered("\"s{0}\",", n / 2) + "\"x\"]\n}\n" +
                    numbered("model M{0} {{\n id Int @id\n @@schema(\"t{0}\")\n}}\n", n / 2);
         }},
        // Relations.
        {"relations",
         [](std::size_t n) {
             return pair(" b{0} B @relation(\"r{0}\", fields: [k], references: [id])\n",
                         " a{0} A[] @relation(\"r{0}\")\n", n);
         }},
        {"relations_without_names",
         [](std::size_t n) { return pair(" b{0} B\n", " a{0} A\n", n); }},
        {"relations_without_other_side",
         [](std::size_t n) { return pair(" b{0} B @relation(\"r{0}\")\n", "", n); }},
        {"relations_to_itself",
         [](std::size_t n) {
             return model(
                 numbered(" a{0} A @relation(\"r{0}\", fields: [k], references: [id])\n b{0} A[] "
                          "@relation(\"r{0}\")\n",
                          n));
         }},
        {"join_tables",
         [](std::size_t n) {
             return pair(" b{0} B[] @relation(\"r{0}\")\n", " a{0} A[] @relation(\"r{0}\")\n", n);
         }},
        {"chain",
         [](std::size_t n) {
             return datasource +
                    numbered(
                        "model M{0} {{\n id Int @id\n p Int\n q M{1} @relation(\"r{0}\", fields: "
                        "[p], references: [id])\n o M{0}[] @relation(\"r{0}\")\n}}\n",
                        n);
         }},
        {"star",
         [](std::size_t n) {
             return datasource + std::string("model S {\n id Int @id\n}\n") +
                    numbered("model M{0} {{\n id Int @id\n s S\n}}\n", n);
         }},
        {"circle_for_the_client",
         [](std::size_t n) {
             return "datasource db {\n provider = \"postgresql\"\n relationMode = \"prisma\"\n}\n" +
                    numbered(
                        "model M{0} {{\n id Int @id\n p Int\n q M{1} @relation(\"r{0}\", fields: "
                        "[p], references: [id])\n o M{0}[] @relation(\"r{0}\")\n}}\n",
                        n);
         }},
        // Bytes.
        {"zeros", bare<'\0'>},
        {"spaces", bare<' '>},
        {"tabs", bare<'\t'>},
        {"line_feeds", bare<'\n'>},
        {"carriage_returns", bare<'\r'>},
        {"windows_line_ends", [](std::size_t n) { return with_line_ends("\r\n", tiny_models(n)); }},
        {"old_line_ends", [](std::size_t n) { return with_line_ends("\r", tiny_models(n)); }},
        {"byte_order_marks", bare<'\xEF', '\xBB', '\xBF'>},
        {"no_utf8", bare<'\xFF'>},
        {"wide_characters",
         [](std::size_t n) { return as_default('"' + repeated("é漢😀", n) + "\")"); }},
        {"foreign_names", [](std::size_t n) { return model(numbered(" é漢{0} Int\n", n)); }},
        {"wrong_characters",
         [](std::size_t n) { return model(repeated(" f Int \xFF ; ' §\n", n)); }},
        {"random_bytes", random_bytes},
        {"words", [](std::size_t n) { return numbered("modle M{0}\n", n); }},
        {"documentation",
         [](std::size_t n) { return repeated("/// word\n", n) + "model A {\n id Int @id\n}\n"; }},
    };
    return all;
}

}  // namespace cm::test
