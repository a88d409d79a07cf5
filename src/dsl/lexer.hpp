// Text of one file to tokens.
#pragma once
#include <memory>

#include "base/diagnostic.hpp"
#include "dsl/token.hpp"

namespace cm::dsl {

/// Splits a file; the last token is `end`. Bytes that belong to no token become `invalid` and are
/// reported.
Tokens tokenize(SourceMap const& sources, FileId file, Diagnostics& diagnostics);

/// Tokens line by line, from any place: for the formatter, which takes up a line anew if it cannot
/// be read together with those that a comment draws in.
class LineLexer {
  public:
    LineLexer(SourceMap const& sources, FileId file);
    LineLexer(LineLexer const&) = delete;
    LineLexer& operator=(LineLexer const&) = delete;
    ~LineLexer();

    /// From the place to the end of its line, which a block comment at its start is as well; behind
    /// them the line end or `TokenKind::end`.
    Tokens line(std::size_t at);

  private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace cm::dsl
