// PostgreSQL's lexical rules (manual, 4.1) as far as cutting a script needs them: where words,
// strings and comments end.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace cm::sql {

enum class TokenKind {
    end,
    blank,  ///< white space and comments, as much as there is
    word,   ///< unquoted identifier or keyword
    name,   ///< "quoted identifier"
    text,   ///< any string constant, dollar-quoted ones too
    number,
    parameter,  ///< $1
    symbol,     ///< one character of punctuation
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::size_t begin{};
    std::size_t end{};
};

/// How '…' is read, as of the setting `standard_conforming_strings`.
enum class Strings {
    standard,    ///< on: a backslash is a character like any other
    backslashes  ///< off: as in E'…'
};

/// The token at byte `at`. What is not closed reaches to the end of the script.
Token next_token(std::string_view script, std::size_t at, Strings strings = Strings::standard);

/// Likewise, past blanks and comments.
Token next_significant_token(std::string_view script, std::size_t at,
                             Strings strings = Strings::standard);

/// A word or a name in quotes.
constexpr bool is_name(Token token) {
    return token.kind == TokenKind::word || token.kind == TokenKind::name;
}

/// What a word or a name in quotes stands for: folded to lower case, or without its quotes.
std::string name_of(std::string_view script, Token token);

/// True if the token is this word; `word` in upper case.
bool is_word(std::string_view script, Token token, std::string_view word);

}  // namespace cm::sql
