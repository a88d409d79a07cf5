// The words of JavaScript and TypeScript, as far as configuration files need them.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace cm::engine::config_script {

enum class TokenKind {
    end,
    word,           ///< identifier or keyword
    text,           ///< "…" or '…'
    template_text,  ///< `…`, with whatever is substituted in it
    number,
    symbol,  ///< punctuation, as long as it is one operator: `=>`, `?.`, `...`
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::size_t begin{};
    std::size_t end{};
    bool on_new_line{};  ///< a line ends between it and the token before
};

/// The first token at or behind byte `at`, past blanks and comments. What is not closed reaches to
/// the end.
Token next_token(std::string_view source, std::size_t at);

/// Behind the `/…/` at `at`, flags included.
std::size_t regular_expression_end(std::string_view source, std::size_t at);

/// What the text between the quotes means, escapes resolved.
std::string unescaped(std::string_view text);

}  // namespace cm::engine::config_script
