// See expression_parser.hpp. Operators by precedence climbing; inside of brackets a part that is
// not understood ends at the next comma, so that its neighbours are.
#include "engine/config_script/expression_parser.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cm::engine::config_script {
namespace {

constexpr int deepest = 100;

struct Operator {
    std::string_view symbol{};
    int strength{};
};

constexpr std::array<Operator, 16> operators{{{"??", 1},
                                              {"||", 1},
                                              {"&&", 2},
                                              {"===", 3},
                                              {"!==", 3},
                                              {"==", 3},
                                              {"!=", 3},
                                              {"<", 4},
                                              {">", 4},
                                              {"<=", 4},
                                              {">=", 4},
                                              {"in", 4},
                                              {"instanceof", 4},
                                              {"+", 5},
                                              {"-", 5},
                                              {"*", 6}}};

int strength_of(std::string_view symbol) {
    auto const* const found =
        std::find_if(operators.begin(), operators.end(),
                     [&](Operator const& one) { return one.symbol == symbol; });
    return found == operators.end() ? 0 : found->strength;
}

bool opens(std::string_view symbol) {
    return symbol == "(" || symbol == "[" || symbol == "{";
}

bool closes(std::string_view symbol) {
    return symbol == ")" || symbol == "]" || symbol == "}";
}

}  // namespace

void ExpressionParser::advance() {
    last_end_ = token_.end;
    token_ = next_token(source_, at_);
    at_ = token_.end;
}

bool ExpressionParser::take(std::string_view text) {
    auto const is_it = token_.kind != TokenKind::end && is(text);
    if (is_it) advance();
    return is_it;
}

Node ExpressionParser::make(ExpressionKind kind, std::size_t begin, std::string text,
                            std::vector<Node> operands) const {
    return std::make_shared<Expression const>(
        Expression{.kind = kind,
                   .span = {file_, static_cast<std::uint32_t>(begin),
                            static_cast<std::uint32_t>(std::max(begin, last_end_))},
                   .text = std::move(text),
                   .operands = std::move(operands)});
}

Node ExpressionParser::unknown(std::size_t begin, std::string what) const {
    return make(ExpressionKind::unknown, begin, std::move(what));
}

bool ExpressionParser::is_too_deep() const {
    return depth_ > deepest;
}

void ExpressionParser::skip_balanced() {
    int depth = 0;
    do {
        depth += opens(words(token_)) && token_.kind == TokenKind::symbol ? 1 : 0;
        depth -= closes(words(token_)) && token_.kind == TokenKind::symbol ? 1 : 0;
        advance();
    } while (depth > 0 && token_.kind != TokenKind::end);
}

Node ExpressionParser::expression() {
    ++depth_;
    auto const begin = token_.begin;
    Node result{};
    if (is_too_deep()) {
        if (opens(words(token_))) {
            skip_balanced();
        } else {
            advance();
        }
        result = unknown(begin, "too deeply nested");
    } else {
        result = conditional();
    }
    if (token_.begin == begin && token_.kind != TokenKind::end) {
        advance();
    }
    --depth_;
    return result;
}

Node ExpressionParser::conditional() {
    auto const begin = token_.begin;
    auto condition = binary(1);
    if (!take("?")) {
        return condition;
    }
    auto chosen = expression();
    if (!take(":")) {
        return unknown(begin, "this expression");
    }
    auto otherwise = expression();
    return make(ExpressionKind::conditional, begin, {},
                {std::move(condition), std::move(chosen), std::move(otherwise)});
}

Node ExpressionParser::binary(int lowest) {
    auto const begin = token_.begin;
    auto left = unary();
    while (token_.kind != TokenKind::end) {
        auto const symbol = std::string(words(token_));
        if (symbol == "as" || symbol == "satisfies") {
            if (token_.kind != TokenKind::word || token_.on_new_line) break;
            advance();
            skip_type();
            continue;
        }
        auto const strength = token_.kind == TokenKind::text ? 0 : strength_of(symbol);
        if (strength == 0 || strength < lowest) {
            break;
        }
        advance();
        auto right = binary(strength + 1);
        left = make(ExpressionKind::binary, begin, symbol, {std::move(left), std::move(right)});
    }
    return left;
}

Node ExpressionParser::unary() {
    auto const begin = token_.begin;
    for (auto const* const symbol : {"!", "-", "+", "typeof", "await", "void"}) {
        if (token_.kind != TokenKind::text && is(symbol)) {
            advance();
            if (++depth_; is_too_deep()) {
                --depth_;
                return unknown(begin, "too deeply nested");
            }
            auto operand = unary();
            --depth_;
            return make(ExpressionKind::unary, begin, symbol, {std::move(operand)});
        }
    }
    return postfix();
}

/// `<Env>` before the `(` of a call.
bool ExpressionParser::skip_type_arguments() {
    auto const before = *this;
    constexpr int longest = 200;  // tokens: whatever is longer is a comparison
    int open = 0;
    int count = 0;
    do {
        auto const word = words(token_);
        open += word == "<" ? 1 : 0;
        open -= word == ">" ? 1 : 0;
        if (token_.kind == TokenKind::end || word == ";" || word == ")" || ++count > longest) {
            break;
        }
        if (opens(word)) {
            skip_balanced();
        } else {
            advance();
        }
    } while (open > 0);
    if (open == 0 && is("(")) {
        return true;
    }
    *this = before;
    return false;
}

Node ExpressionParser::postfix() {
    auto const begin = token_.begin;
    auto const is_new = token_.kind == TokenKind::word && take("new");
    auto value = primary();
    bool is_made = !is_new;
    while (token_.kind == TokenKind::symbol) {
        auto const is_optional = take("?.");
        if (take(".") || (is_optional && token_.kind == TokenKind::word)) {
            auto name = std::string(words(token_));
            advance();
            value = make(ExpressionKind::member, begin, std::move(name), {std::move(value)});
        } else if (take("[")) {
            auto operands = list("]");
            operands.insert(operands.begin(), std::move(value));
            value = make(ExpressionKind::element, begin, {}, std::move(operands));
        } else if (is("(") || (is("<") && skip_type_arguments())) {
            advance();
            auto operands = list(")");
            operands.insert(operands.begin(), std::move(value));
            auto const kind = is_made ? ExpressionKind::call : ExpressionKind::construction;
            is_made = true;
            value = make(kind, begin, {}, std::move(operands));
        } else if (is("!") && !token_.on_new_line) {
            advance();
        } else {
            break;
        }
    }
    return is_made ? value : make(ExpressionKind::construction, begin, {}, {std::move(value)});
}

Node ExpressionParser::primary() {
    auto const begin = token_.begin;
    auto const text = std::string(words(token_));
    switch (token_.kind) {
        case TokenKind::end:
            return unknown(begin, "the end of the file");
        case TokenKind::text: {
            advance();
            auto const is_closed = text.size() > 1 && text.back() == text.front();
            return is_closed ? make(ExpressionKind::text, begin,
                                    unescaped(std::string_view(text).substr(1, text.size() - 2)))
                             : unknown(begin, "an unterminated string");
        }
        case TokenKind::template_text:
            return template_text();
        case TokenKind::number:
            advance();
            return make(ExpressionKind::number, begin, text);
        case TokenKind::word:
            break;
        case TokenKind::symbol:
            if (text == "(") return function_or_parenthesis();
            if (text == "{") return object();
            if (take("[")) {
                auto items = list("]");
                return make(ExpressionKind::array, begin, {}, std::move(items));
            }
            if (text == "/") {
                at_ = regular_expression_end(source_, begin);
                advance();
                return unknown(begin, "a regular expression");
            }
            if (!closes(text) && text != "," && text != ";") advance();
            return unknown(begin, fmt::format("`{}`", text));
    }
    advance();
    if (text == "async" && (is("function") || is("(") || token_.kind == TokenKind::word)) {
        return function(begin);
    }
    if (text == "function" || text == "class") return function(begin);
    if (is("=>")) return body_of_arrow(begin);
    return make(ExpressionKind::word, begin, text);
}

Node ExpressionParser::template_text() {
    auto const token = token_;
    auto const inside_end = token.end - (source_[token.end - 1] == '`' ? 1 : 0);
    Expression result{.kind = ExpressionKind::template_text};
    std::string piece{};
    for (auto at = token.begin + 1; at < inside_end;) {
        if (source_[at] == '\\') {
            piece += source_.substr(at, 2);
            at += 2;
        } else if (source_.substr(at, 2) == "${") {
            result.pieces.push_back(unescaped(std::exchange(piece, {})));
            ExpressionParser inner(file_, source_, at + 2, depth_);
            result.operands.push_back(inner.expression());
            if (!inner.is("}")) {
                advance();
                return unknown(token.begin, "a template that is not supported");
            }
            at = inner.token_.end;
        } else {
            piece += source_[at++];
        }
    }
    result.pieces.push_back(unescaped(piece));
    advance();
    result.span = {file_, static_cast<std::uint32_t>(token.begin),
                   static_cast<std::uint32_t>(token.end)};
    return std::make_shared<Expression const>(std::move(result));
}

Node ExpressionParser::whole(Node value, std::string_view close) {
    if (is(",") || is(close) || token_.kind == TokenKind::end) {
        return value;
    }
    auto const begin = value->span.begin;
    while (!is(",") && !is(close) && token_.kind != TokenKind::end) {
        if (opens(words(token_)) && token_.kind == TokenKind::symbol) {
            skip_balanced();
        } else if (closes(words(token_)) && token_.kind == TokenKind::symbol) {
            break;
        } else {
            advance();
        }
    }
    return unknown(begin, "this expression");
}

std::vector<Node> ExpressionParser::list(std::string_view close) {
    std::vector<Node> items{};
    while (!is(close) && token_.kind != TokenKind::end) {
        auto const begin = token_.begin;
        if (take("...")) {
            auto spread = whole(expression(), close);
            items.push_back(make(ExpressionKind::spread, begin, {}, {std::move(spread)}));
        } else {
            items.push_back(whole(expression(), close));
        }
        if (!take(",")) break;
    }
    take(close);
    return items;
}

Property ExpressionParser::property() {
    auto const begin = token_.begin;
    if (take("...")) {
        return {{}, {}, whole(expression(), "}")};
    }
    Property result{};
    for (auto const* const word : {"async", "get", "set", "*"}) {
        auto const behind = next_token(source_, at_);
        auto const is_modifier = is(word) && behind.kind != TokenKind::symbol;
        if (is_modifier || (is("*") && std::string_view(word) == "*")) advance();
    }
    auto const name = token_;
    if (take("[")) {
        auto key = list("]");
        auto const is_text = key.size() == 1 && key.front()->kind == ExpressionKind::text;
        result.name = is_text ? key.front()->text : "[…]";
    } else {
        auto const text = words(name);
        result.name = name.kind == TokenKind::text && text.size() > 1
                          ? unescaped(text.substr(1, text.size() - 2))
                          : std::string(text);
        advance();
    }
    result.name_span = {file_, static_cast<std::uint32_t>(begin),
                        static_cast<std::uint32_t>(last_end_)};
    if (take(":")) {
        result.value = whole(expression(), "}");
    } else if (is("(") || is("<")) {
        while (is("<") && skip_type_arguments()) {
        }
        skip_balanced();
        if (take(":")) skip_type();
        if (is("{")) skip_balanced();
        result.value = unknown(begin, "a function");
    } else {
        result.value = whole(make(ExpressionKind::word, begin, result.name), "}");
    }
    return result;
}

Node ExpressionParser::object() {
    auto const begin = token_.begin;
    Expression result{.kind = ExpressionKind::object};
    advance();
    while (!is("}") && token_.kind != TokenKind::end) {
        auto const before = token_.begin;
        result.properties.push_back(property());
        if (!take(",") && !is("}") && token_.begin == before) advance();
    }
    take("}");
    result.span = make(ExpressionKind::object, begin)->span;
    return std::make_shared<Expression const>(std::move(result));
}

}  // namespace cm::engine::config_script
