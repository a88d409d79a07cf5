// The words of the schema language. Nothing is lost: comments and line ends are tokens too, so that
// the formatter can print a file from them.
#pragma once
#include <string_view>
#include <vector>

#include "base/source.hpp"

namespace cm::dsl {

enum class TokenKind {
    identifier,     ///< letters, digits, `_`, `-`; may start with a digit, which the parser refuses
    number,         ///< `12`, `-1.50`
    string,         ///< with its quotes and escapes
    comment,        ///< `// …`
    documentation,  ///< `/// …`
    block_comment,  ///< `/* … */`, may span lines
    newline,        ///< `\n`, `\r\n` or `\r`
    at,
    double_at,
    open_parenthesis,
    close_parenthesis,
    open_bracket,
    close_bracket,
    open_brace,
    close_brace,
    comma,
    colon,
    equals,
    question,
    exclamation,
    dot,
    invalid,  ///< reported by the lexer; the parser only skips it
    end
};

constexpr bool is_comment(TokenKind kind) {
    return kind >= TokenKind::comment && kind <= TokenKind::block_comment;
}

constexpr bool ends_line(TokenKind kind) {
    return kind == TokenKind::newline || kind == TokenKind::end;
}

struct Token {
    TokenKind kind = TokenKind::end;
    Span span{};
    std::string_view text{};  ///< as written; the file's text owns it
};

using Tokens = std::vector<Token>;

}  // namespace cm::dsl
