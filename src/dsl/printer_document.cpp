// The syntax tree as text. See printer.hpp.
#include <fmt/format.h>

#include "base/overloaded.hpp"
#include "dsl/printer.hpp"

namespace cm::dsl {

namespace {

std::string text_of(Value const& value);

std::string text_of(std::vector<Argument> const& arguments) {
    std::string text{};
    for (auto const& argument : arguments) {
        if (!text.empty()) text += ", ";
        if (argument.name) text += fmt::format("{}: ", argument.name->text);
        if (!argument.value.empty()) text += text_of(argument.value.front());
    }
    return text;
}

std::string text_of(ListValue const& list) {
    std::string text{};
    for (auto const& item : list.items) {
        text += fmt::format("{}{}", text.empty() ? "" : ", ", text_of(item));
    }
    return fmt::format("list({})", text);
}

std::string text_of(Value const& value) {
    return match(
        value.value, [](StringValue const& it) { return fmt::format("string({})", it.text); },
        [](NumberValue const& it) { return fmt::format("number({})", it.text); },
        [](NameValue const& it) { return fmt::format("name({})", it.text); },
        [](CallValue const& it) {
            return fmt::format("call({}: {})", it.name.text, text_of(it.arguments));
        },
        [](ListValue const& it) { return text_of(it); },
        [](ObjectValue const& it) { return fmt::format("object({})", text_of(it.members)); });
}

constexpr std::string_view arity_names[] = {"required", "optional", "list"};

class Printer {
  public:
    explicit Printer(SourceMap const& sources) : sources_(sources) {}

    std::string run(Document const& document) {
        for (auto const& block : document.blocks) print(block);
        return std::move(text_);
    }

  private:
    void line(Span span, int depth, std::string_view node) {
        auto const place = sources_.position(span.file, span.begin);
        text_ += fmt::format("{:{}}{} ({}:{}:{})\n", "", depth * 2, node, sources_.name(span.file),
                             place.line, place.column);
    }

    void print(std::vector<Attribute> const& attributes, int depth) {
        for (auto const& attribute : attributes) {
            line(attribute.span, depth,
                 fmt::format("attribute {} ({})", attribute.name.text,
                             text_of(attribute.arguments)));
        }
    }

    void print(FieldDeclaration const& field) {
        auto const& type = field.type;
        auto const argument = type.argument ? fmt::format(" {}", text_of(*type.argument)) : "";
        line(field.span, 1,
             fmt::format("field {}: {}{} {}", field.name.text, type.name.text, argument,
                         arity_names[static_cast<std::size_t>(type.arity)]));
        print(field.attributes, 2);
    }

    void print(Block const& block) {
        line(block.span, 0, fmt::format("{} {}", block.keyword.text, block.name.text));
        for (auto const& field : block.fields) print(field);
        for (auto const& value : block.values) {
            line(value.span, 1, fmt::format("value {}", value.name.text));
            print(value.attributes, 2);
        }
        for (auto const& property : block.properties) {
            auto const value = property.value ? text_of(*property.value) : "nothing";
            line(property.span, 1, fmt::format("property {} = {}", property.name.text, value));
        }
        print(block.attributes, 1);
    }

    SourceMap const& sources_;
    std::string text_{};
};

}  // namespace

std::string print(Document const& document, SourceMap const& sources) {
    return Printer(sources).run(document);
}

}  // namespace cm::dsl
