// A file as lines of tokens: what the formatter works on.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "dsl/lexer.hpp"
#include "dsl/token.hpp"

namespace cm::dsl {

/// The tokens between two line ends. A block comment that opens a line is a line of its own.
struct Line {
    Tokens tokens{};
    std::size_t begin{};             ///< its first token
    std::size_t end{};               ///< behind its last one, and behind the line end if it has one
    std::string_view white_space{};  ///< before the first token

    bool is_blank() const { return tokens.empty(); }

    /// True if it holds a comment and nothing else.
    bool is_comment() const;

    bool closes_block() const {
        return !is_blank() && tokens.front().kind == TokenKind::close_brace;
    }
};

/// Goes over a file; what comes next depends on how the last line was read.
class LineCursor {
  public:
    LineCursor(SourceMap const& sources, FileId file);

    bool at_end() const { return place_ == text_.size(); }

    /// The line that stands here; not at the end.
    Line line();

    /// Goes on behind the line.
    void pass(Line const& line) { place_ = line.end; }

    /// Goes on behind the first token of the line: false if nothing else stands there.
    bool pass_first_token(Line const& line);
    /// The first line of the text of a line that could not be read, with its line end; goes on
    /// behind it.
    std::string_view take_unread(Line const& line);
    /// From the line to the first `}` on one of the lines below it; goes on behind it.
    std::optional<std::string_view> take_to_brace(Line const& line);

    /// True if no line from here on begins with `}`, as far as can be told without reading it.
    bool is_behind_last_brace() const { return place_ > last_brace_; }

    std::size_t place() const { return place_; }

    void go_to(std::size_t place) { place_ = place; }

  private:
    std::size_t line_end(std::size_t from) const;

    std::string_view text_{};
    LineLexer lexer_;
    std::size_t place_ = 0;
    std::size_t last_brace_ = 0;
};

/// True for a block comment that ends.
bool is_closed_block_comment(Token const& token);

/// What a comment line says.
struct Comment {
    Token token{};
    std::optional<std::string_view> white_space{};  ///< before it, if it follows another comment
};

Comment comment_of(Line const& line, bool follows_comment);

/// A comment line at this indentation; block comments get a frame of stars.
std::string comment_text(Comment const& comment, std::string_view indentation);

}  // namespace cm::dsl
