// Expressions of JavaScript and TypeScript; types are passed over.
#pragma once
#include <string>
#include <string_view>

#include "engine/config_script/syntax.hpp"
#include "engine/config_script/token.hpp"

namespace cm::engine::config_script {

class ExpressionParser {
  public:
    /// Reads from byte `at` of the file, at most to `limit`.
    ExpressionParser(FileId file, std::string_view source, std::size_t at, int depth = 0)
        : file_(file), source_(source), at_(at), depth_(depth) {
        advance();
    }

    /// One expression, as far as it goes; always moves on unless the text is at its end.
    Node expression();

    Token const& token() const { return token_; }

    /// Where the last token that was taken ended.
    std::size_t last_end() const { return last_end_; }

    std::string_view words(Token const& token) const {
        return source_.substr(token.begin, token.end - token.begin);
    }

    bool is(std::string_view text) const {
        return token_.kind != TokenKind::text && token_.kind != TokenKind::template_text &&
               words(token_) == text;
    }

    void advance();
    /// Takes the token if it is this one.
    bool take(std::string_view text);
    /// Past `( … )`, `[ … ]` or `{ … }` that begins here, with all that is in it.
    void skip_balanced();
    /// Past a type: `Config`, `Record<string, string>[]`, `{ a: string } | undefined`.
    void skip_type();
    /// Past `: Type` of a definition, up to its `=`.
    void skip_annotation();

  private:
    friend class Rewind;

    Node conditional();
    Node binary(int lowest);
    Node unary();
    Node postfix();
    Node primary();
    Node template_text();
    Node object();
    Property property();
    Node function_or_parenthesis();
    Node function(std::size_t begin);
    Node body_of_arrow(std::size_t begin);
    std::vector<Node> list(std::string_view close);
    /// What follows `value` up to the next `,` or `close` is not understood, nor is then the value.
    Node whole(Node value, std::string_view close);
    bool skip_type_arguments();
    bool is_arrow_behind_parenthesis() const;

    Node make(ExpressionKind kind, std::size_t begin, std::string text = {},
              std::vector<Node> operands = {}) const;
    Node unknown(std::size_t begin, std::string what) const;
    bool is_too_deep() const;

    FileId file_{};
    std::string_view source_{};
    std::size_t at_{};
    Token token_{};
    std::size_t last_end_{};
    int depth_{};
};

}  // namespace cm::engine::config_script
