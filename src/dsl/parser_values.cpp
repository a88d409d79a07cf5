// Attributes with their arguments, and values.
#include "dsl/parser.hpp"
#include "dsl/string_literal.hpp"

namespace cm::dsl {

namespace {

// Real schemas nest three deep; the limit keeps a hostile file from using up the stack.
constexpr std::size_t maximum_depth = 64;

// How far the end of arguments is looked for; without a limit a file of open parentheses takes for
// ever.
constexpr std::size_t maximum_arguments = 1000;

}  // namespace

bool Parser::attributes(std::vector<Attribute>& into) {
    while (sees(TokenKind::at) || sees(TokenKind::double_at)) {
        if (sees(TokenKind::double_at)) {
            diagnostics_
                .error("CM0108", peek().span,
                       "an attribute of the whole block starts a line of its own")
                .help("write `@` for an attribute of this line");
            return false;
        }
        if (!attribute(into)) return false;
    }
    return true;
}

bool Parser::attribute(std::vector<Attribute>& into) {
    Attribute attribute{};
    auto const begin = take().span;
    if (!attribute_name(attribute.name)) return skip_to_line_end(), false;
    if (take_if(TokenKind::open_parenthesis)) {
        attribute.has_parentheses = true;
        auto const first = at_;
        if (!arguments(attribute.arguments, TokenKind::close_parenthesis)) {
            if (sees(TokenKind::newline)) skip_arguments(first);
            return skip_to_line_end(), false;
        }
    }
    attribute.span = join(begin, last_);
    into.push_back(std::move(attribute));
    return true;
}

/// The arguments were wrongly continued on further lines, which hold nothing else: go on behind
/// their end.
void Parser::skip_arguments(std::size_t first) {
    std::size_t depth = 1;
    auto const end = std::min(first + maximum_arguments, tokens_.size());
    for (auto i = first; i < end; ++i) {
        auto const kind = tokens_[i].kind;
        auto const starts_line = tokens_[i - 1].kind == TokenKind::newline;
        if (starts_line && (kind == TokenKind::close_brace || kind == TokenKind::double_at)) return;
        if (kind == TokenKind::open_parenthesis) ++depth;
        if (kind == TokenKind::close_parenthesis && --depth == 0) {
            at_ = i + 1;
            return;
        }
    }
}

/// Its dots stand close to the words; what is between them may be missing, and is looked up in vain
/// later.
bool Parser::attribute_name(Identifier& into) {
    if (!sees(TokenKind::identifier)) return unexpected("an attribute's name"), false;
    auto const first = take();
    into = {std::string(first.text), first.span};
    if (first.text.find('-') != std::string_view::npos) check_letters(first, "an attribute's name");
    auto const is_close = [&] { return peek().span.begin == into.span.end; };
    while (sees(TokenKind::dot) && is_close()) {
        into.span = join(into.span, take().span);
        into.text += '.';
        if (!sees(TokenKind::identifier) || !is_close()) continue;
        auto const part = take();
        into.text += part.text;
        into.span = join(into.span, part.span);
    }
    return true;
}

bool Parser::dotted_name(Identifier& into, std::string_view what) {
    if (!sees(TokenKind::identifier)) return unexpected(what), false;
    auto const first = take();
    into = {std::string(first.text), first.span};
    while (take_if(TokenKind::dot)) {
        if (!sees(TokenKind::identifier)) return unexpected("a name"), false;
        auto const part = take();
        into.text += fmt::format(".{}", part.text);
        into.span = join(into.span, part.span);
    }
    return true;
}

/// Arguments up to and including the closing token.
bool Parser::arguments(std::vector<Argument>& into, TokenKind close) {
    auto const* const closing = close == TokenKind::close_brace ? "`}`" : "`)`";
    if (take_if(close)) return true;
    while (true) {
        Argument parsed{};
        if (!argument(parsed)) return false;
        into.push_back(std::move(parsed));
        if (take_if(close)) return true;
        auto const comma = peek().span;
        if (!take_if(TokenKind::comma)) return unexpected(fmt::format("`,` or {}", closing)), false;
        if (sees(close)) {
            diagnostics_.error("CM0106", comma, "no argument follows this `,`").help("remove it");
            take();
            return true;
        }
    }
}

bool Parser::argument(Argument& into) {
    auto const begin = peek().span;
    if (sees(TokenKind::identifier) && peek(1).kind == TokenKind::colon) {
        auto const name = take();
        take();
        into.name = Identifier{std::string(name.text), name.span};
    }
    Value parsed{};
    if (!value(parsed)) return false;
    into.value.push_back(std::move(parsed));
    into.span = join(begin, last_);
    return true;
}

bool Parser::value(Value& into) {
    if (depth_ == maximum_depth) {
        diagnostics_
            .error("CM0112", peek().span, "values are nested more than {} deep", maximum_depth)
            .help("simplify it");
        return false;
    }
    ++depth_;
    auto const begin = peek().span;
    auto const is_valid = nested_value(into);
    into.span = is_valid ? join(begin, last_) : begin;
    --depth_;
    return is_valid;
}

bool Parser::nested_value(Value& into) {
    switch (peek().kind) {
        case TokenKind::string: {
            auto const token = take();
            into.value = StringValue{unescape(token.text, token.span, diagnostics_)};
            return true;
        }
        case TokenKind::number:
            into.value = NumberValue{std::string(take().text)};
            return true;
        case TokenKind::identifier:
            return name_or_call(into);
        case TokenKind::open_bracket:
            return list(into);
        case TokenKind::open_brace: {
            take();
            ObjectValue object{};
            if (!arguments(object.members, TokenKind::close_brace)) return false;
            into.value = std::move(object);
            return true;
        }
        default:
            unexpected("a value");
            return false;
    }
}

bool Parser::name_or_call(Value& into) {
    Identifier name{};
    auto const first = peek();
    if (first.text.front() >= '0' && first.text.front() <= '9') {
        diagnostics_.error("CM0106", first.span, "`{}` is not a number", first.text)
            .help("write digits, with a point where needed: `10`, `-1.5`");
        return false;
    }
    if (!dotted_name(name, "a value")) return false;
    if (!take_if(TokenKind::open_parenthesis)) {
        into.value = NameValue{std::move(name.text)};
        return true;
    }
    CallValue call{std::move(name), {}};
    if (!arguments(call.arguments, TokenKind::close_parenthesis)) return false;
    into.value = std::move(call);
    return true;
}

bool Parser::list(Value& into) {
    take();
    ListValue list{};
    if (!take_if(TokenKind::close_bracket)) {
        while (true) {
            Value item{};
            if (!value(item)) return false;
            list.items.push_back(std::move(item));
            if (take_if(TokenKind::close_bracket)) break;
            auto const comma = peek().span;
            if (!take_if(TokenKind::comma)) return unexpected("`,` or `]`"), false;
            if (!sees(TokenKind::close_bracket)) continue;
            diagnostics_.error("CM0106", comma, "no value follows this `,`").help("remove it");
            return false;
        }
    }
    into.value = std::move(list);
    return true;
}

}  // namespace cm::dsl
