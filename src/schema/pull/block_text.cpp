// See block_text.hpp.
#include "schema/pull/block_text.hpp"

#include <fmt/ranges.h>

#include "dsl/string_literal.hpp"

namespace cm::schema {
namespace {

std::string header(std::vector<std::string> const& notes, std::string_view keyword,
                   std::string const& name) {
    std::string text{};
    for (auto const& note : notes) text += fmt::format("/// {}\n", note);
    return text + fmt::format("{} {} {{\n", keyword, name);
}

std::string attribute_lines(std::vector<std::string> const& attributes) {
    std::string text{};
    for (auto const& attribute : attributes) text += fmt::format("  {}\n", attribute);
    return text.empty() ? text : "\n" + text;
}

}  // namespace

std::string line_of(FieldDraft const& field) {
    auto line = fmt::format("{} {}", field.name, field.type);
    for (auto const& attribute : field.attributes) line += " " + attribute;
    return line;
}

std::string line_of(EnumValueDraft const& value) {
    if (value.name == value.value) return value.name;
    return fmt::format("{} @map({})", value.name, dsl::escape(value.value));
}

std::string block_text(ModelDraft const& model) {
    auto text = header(model.notes, model.is_view ? "view" : "model", model.name);
    for (auto const& field : model.columns) text += fmt::format("  {}\n", line_of(field));
    for (auto const& relation : model.relations) {
        text += fmt::format("  {}\n", line_of(relation.field));
    }
    std::vector<std::string> attributes{};
    for (auto const& key : model.keys) {
        if (key.column.empty()) attributes.push_back(key.text);
    }
    attributes.insert(attributes.end(), model.attributes.begin(), model.attributes.end());
    return text + attribute_lines(attributes) + "}\n";
}

std::string block_text(EnumDraft const& type) {
    auto text = header(type.notes, "enum", type.name);
    for (auto const& value : type.values) text += fmt::format("  {}\n", line_of(value));
    return text + attribute_lines(type.attributes) + "}\n";
}

}  // namespace cm::schema
