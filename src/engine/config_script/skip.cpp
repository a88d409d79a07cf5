// What no configuration says anything by: the types of TypeScript, and functions. See
// expression_parser.hpp.
#include "engine/config_script/expression_parser.hpp"

namespace cm::engine::config_script {

bool ExpressionParser::is_arrow_behind_parenthesis() const {
    auto ahead = *this;
    ahead.skip_balanced();
    if (ahead.take(":")) ahead.skip_type();
    return ahead.is("=>");
}

Node ExpressionParser::function_or_parenthesis() {
    auto const begin = token_.begin;
    if (is_arrow_behind_parenthesis()) {
        return function(begin);
    }
    advance();
    auto inside = list(")");
    return inside.size() == 1 ? inside.front() : unknown(begin, "this expression");
}

Node ExpressionParser::body_of_arrow(std::size_t begin) {
    if (take("=>")) {
        if (is("{")) {
            skip_balanced();
        } else {
            expression();
        }
    }
    return unknown(begin, "a function");
}

/// `function name(…): Type { … }`, `class Name extends Other { … }`, `(…) => …`.
Node ExpressionParser::function(std::size_t begin) {
    while (token_.kind == TokenKind::word || is("*") || is(".")) advance();
    if (is("<") && !skip_type_arguments()) advance();
    if (is("(")) skip_balanced();
    if (take(":")) skip_type();
    if (is("=>")) return body_of_arrow(begin);
    if (is("{")) skip_balanced();
    return unknown(begin, "a function");
}

void ExpressionParser::skip_type() {
    bool is_expected = true;
    while (is_expected && token_.kind != TokenKind::end) {
        for (auto const* const prefix : {"keyof", "typeof", "readonly", "unique", "|", "&"}) {
            take(prefix);
        }
        if (is("{") || is("[")) {
            skip_balanced();
        } else if (is("(")) {
            skip_balanced();
            if (take("=>")) continue;
        } else if (token_.kind != TokenKind::symbol) {
            advance();
            while (take(".")) advance();
        } else {
            return;
        }
        if (is("<")) {
            int open = 0;
            do {
                open += is("<") ? 1 : 0;
                open -= is(">") ? 1 : 0;
                advance();
            } while (open > 0 && token_.kind != TokenKind::end);
        }
        while (is("[") && !token_.on_new_line) skip_balanced();
        is_expected = is("|") || is("&");
    }
}

void ExpressionParser::skip_annotation() {
    if (take(":")) skip_type();
}

}  // namespace cm::engine::config_script
