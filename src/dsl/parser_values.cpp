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
            diagnostics_.error("CM0108", peek().span, "a block attribute must be on its own line")
                .help("write `@` for a field attribute");
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
    if (!sees(TokenKind::identifier)) return unexpected("an attribute name"), false;
    auto const& first = take();
    into = {first.text, first.span};
    if (first.text.find('-') != std::string_view::npos) check_letters(first, "an attribute name");
    auto const is_close = [&] { return peek().span.begin == into.span.end; };
    while (sees(TokenKind::dot) && is_close()) {
        into.span = join(into.span, take().span);
        if (sees(TokenKind::identifier) && is_close()) into.span = join(into.span, take().span);
    }
    into.text = {first.text.data(), into.span.end - into.span.begin};
    return true;
}

/// The tokens without what stands between them.
std::string Parser::joined(std::size_t begin, std::size_t end) const {
    std::string text{};
    for (auto i = begin; i < end; ++i) text += tokens_[i].text;
    return text;
}

bool Parser::dotted_name(Identifier& into, std::string_view what) {
    if (!sees(TokenKind::identifier)) return unexpected(what), false;
    auto const begin = at_;
    auto const& first = take();
    auto length = first.text.size();
    while (take_if(TokenKind::dot)) {
        if (!sees(TokenKind::identifier)) return unexpected("a name"), false;
        length += 1 + take().text.size();
    }
    into.span = join(first.span, last_);
    into.text = {first.text.data(), into.span.end - into.span.begin};
    if (into.text.size() != length) into.text = texts_.emplace_back(joined(begin, at_));
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
            diagnostics_.error("CM0106", comma, "expected an argument after this `,`")
                .help("remove it");
            take();
            return true;
        }
    }
}

bool Parser::argument(Argument& into) {
    auto const begin = peek().span;
    if (sees(TokenKind::identifier) && peek(1).kind == TokenKind::colon) {
        auto const& name = take();
        take();
        into.name = Identifier{name.text, name.span};
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

std::string_view Parser::string_text(Token const& token) {
    if (token.text.find('\\') == std::string_view::npos) {
        return token.text.substr(1, token.text.size() - 2);
    }
    return texts_.emplace_back(unescape(token.text, token.span, diagnostics_));
}

bool Parser::nested_value(Value& into) {
    switch (peek().kind) {
        case TokenKind::string: {
            auto const& token = take();
            into.value = StringValue{string_text(token)};
            return true;
        }
        case TokenKind::number:
            into.value = NumberValue{take().text};
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
        into.value = NameValue{name.text};
        return true;
    }
    CallValue call{name, {}};
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
            diagnostics_.error("CM0106", comma, "expected a value after this `,`")
                .help("remove it");
            return false;
        }
    }
    into.value = std::move(list);
    return true;
}

}  // namespace cm::dsl
