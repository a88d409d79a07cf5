// The lines inside a block: fields, enum values, properties.
#include "base/text.hpp"
#include "dsl/parser.hpp"

namespace cm::dsl {

void Parser::field(Block& block) {
    FieldDeclaration field{};
    auto const begin = peek().span;
    auto const name = identifier("a field name");
    if (!name) return skip_to_line_end();
    field.name = *name;
    if (sees(TokenKind::colon)) {
        diagnostics_
            .error("CM0111", peek().span, "unexpected `:` between a field name and its type")
            .help("remove it");
        take();
    }
    if (!field_type(field.type) || !attributes(field.attributes)) return skip_to_line_end();
    field.span = join(begin, last_);
    if (!end_of_member("field")) return;
    block.fields.push_back(std::move(field));
}

bool Parser::field_type(TypeReference& type) {
    auto const begin = peek().span;
    auto const is_old_list = take_if(TokenKind::open_bracket);
    auto const name = identifier("a field type");
    if (!name) return false;
    type.name = *name;
    if (is_old_list) {
        if (!take_if(TokenKind::close_bracket)) return unexpected("`]`"), false;
        type.arity = Arity::list;
        diagnostics_.error("CM0111", join(begin, last_), "lists are not written `[{}]`", name->text)
            .help("write `{}[]`", name->text);
    }
    if (!type_argument(type) || !type_arity(type)) return false;
    type.span = join(begin, last_);
    return true;
}

bool Parser::type_argument(TypeReference& type) {
    if (!sees(TokenKind::open_parenthesis)) return true;
    take();
    Value argument{};
    if (!value(argument)) return false;
    if (!take_if(TokenKind::close_parenthesis)) return unexpected("`)`"), false;
    type.argument = std::move(argument);
    return true;
}

bool Parser::type_arity(TypeReference& type) {
    auto const begin = peek().span;
    if (take_if(TokenKind::exclamation)) {
        diagnostics_.error("CM0111", begin, "unexpected `!`: fields are required by default")
            .help("remove it");
    } else if (take_if(TokenKind::question)) {
        type.arity = Arity::optional;
    } else if (take_if(TokenKind::open_bracket)) {
        auto const is_tight = peek().span.begin == last_.end;
        if (!take_if(TokenKind::close_bracket)) return unexpected("`]`"), false;
        type.arity = Arity::list;
        if (!is_tight) {
            diagnostics_.error("CM0111", join(begin, last_), "unexpected space between `[` and `]`")
                .help("write `{}[]`", type.name.text);
        }
        if (sees(TokenKind::question)) {
            take();
            diagnostics_.error("CM0111", join(begin, last_), "a list cannot be optional")
                .help("write `{}[]`; a list may be empty", type.name.text);
        }
    }
    return true;
}

void Parser::enum_value(Block& block) {
    EnumValue value{};
    auto const name = identifier("an enum value");
    if (!name) return skip_to_line_end();
    value.name = *name;
    if (!attributes(value.attributes)) return skip_to_line_end();
    value.span = join(name->span, last_);
    if (!end_of_member("value")) return;
    block.values.push_back(std::move(value));
}

void Parser::property(Block& block) {
    Property property{};
    auto const name = identifier("a property name");
    if (!name) return skip_to_line_end();
    property.name = *name;
    if (!take_if(TokenKind::equals)) {
        if (auto* const diagnostic = unexpected("`=`")) {
            diagnostic->help("a line of {} is written `name = value`",
                             with_article(block.keyword.text));
        }
        return skip_to_line_end();
    }
    if (sees(TokenKind::newline) || sees(TokenKind::end)) {
        diagnostics_
            .error("CM0106", join(block.keyword.span, block.name.span),
                   "the property `{}` of this {} has no value", name->text, block.keyword.text)
            .label(name->span, "this property")
            .help("write it after the `=`, on the same line");
        return;
    }
    Value parsed{};
    if (!value(parsed)) return skip_to_line_end();
    property.value = std::move(parsed);
    property.span = join(name->span, last_);
    if (!end_of_member("property")) return;
    block.properties.push_back(std::move(property));
}

}  // namespace cm::dsl
