// A file as lines of tokens: what the formatter works on.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "dsl/token.hpp"

namespace cm::dsl {

/// The tokens between two line ends. A block comment that opens a line is a line of its own.
struct Line {
    Tokens tokens{};
    std::string_view text{};  ///< from the first token to the end of the line

    bool is_blank() const { return tokens.empty(); }

    /// True if it holds a comment and nothing else.
    bool is_comment() const;
};

std::vector<Line> split_lines(std::string_view text, Tokens const& tokens);

/// The line without its first token.
Line rest_of(Line const& line);

/// A comment line at this indentation; block comments get a frame of stars.
std::string comment_text(Token const& comment, std::string_view indentation);

/// A line that could not be read, without the white space before it.
std::string unread_text(Line const& line, std::string_view indentation);

}  // namespace cm::dsl
