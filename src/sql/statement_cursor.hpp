// Reads a statement word by word, where the parse tree does not help: in syntax that is newer than
// the linked parser, and where its parse would cost more than it tells.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "sql/name.hpp"
#include "sql/token.hpp"

namespace cm::sql {

class StatementCursor {
  public:
    explicit StatementCursor(std::string_view statement, Strings strings = Strings::standard)
        : text_(statement), strings_(strings) {}

    /// The token that is read next; white space and comments are passed over.
    Token next() const { return next_significant_token(text_, at_, strings_); }

    bool at_end() const { return next().kind == TokenKind::end; }

    void skip() { at_ = next().end; }

    /// Goes past all of these words, in upper case and with a blank between them, or stays.
    bool take(std::string_view words);
    bool take(char symbol);

    /// Goes past a name and gives what it stands for.
    std::optional<std::string> name();

    /// Likewise past `schema.name`; none if there is no schema.
    std::optional<QualifiedName> qualified_name();

    /// Goes past a name, with its schema if there is one, and gives it as it is written; empty if
    /// there is none.
    std::string written_name();

    /// A word, a quoted name, a string or a number, without its quotes.
    std::optional<std::string> value();

    /// The text before this word or symbol, which it goes past.
    std::optional<std::string> text_before(std::string_view stop);

    /// Is this word anywhere in the statement?
    bool mentions(std::string_view word) const;

  private:
    std::string_view text_of(Token token) const {
        return text_.substr(token.begin, token.end - token.begin);
    }

    std::string_view text_;
    Strings strings_;
    std::size_t at_ = 0;
};

}  // namespace cm::sql
