// A whole file: blocks, and what stands between them.
#include "dsl/format/format.hpp"

#include <algorithm>

#include "base/diagnostic.hpp"
#include "dsl/format/block.hpp"
#include "dsl/lexer.hpp"

namespace cm::dsl {

namespace {

/// What stands on the level of blocks, with one empty line where there are some and after a block.
class Writer {
  public:
    void blank() { wants_blank_ = true; }

    void no_blank() { wants_blank_ = false; }

    void add(std::string_view text) {
        if (wants_blank_ && !text_.empty()) text_ += "\n";
        wants_blank_ = false;
        text_ += text;
    }

    void add_block(std::string_view text) {
        add(text);
        wants_blank_ = true;
    }

    std::string take() { return std::move(text_); }

  private:
    std::string text_{};
    bool wants_blank_ = false;
};

using Lines = std::vector<Line>;

Lines::iterator end_of_block(Lines::iterator header, Lines::iterator end) {
    return std::find_if(header + 1, end, [](Line const& line) {
        return !line.is_blank() && line.tokens.front().kind == TokenKind::close_brace;
    });
}

std::string written(Lines lines) {
    Writer writer{};
    for (auto line = lines.begin(); line != lines.end(); ++line) {
        if (line->is_blank()) {
            writer.blank();
            continue;
        }
        if (line->is_comment()) {
            writer.add(comment_text(line->tokens.front(), ""));
            continue;
        }
        auto const close = is_block_header(*line) ? end_of_block(line, lines.end()) : lines.end();
        if (close == lines.end()) {
            writer.add(unread_text(*line, ""));
            continue;
        }
        writer.add_block(block_text(*line, std::span<Line const>(line + 1, close)));
        line = close;
        if (line->tokens.size() > 1) {
            writer.no_blank();
            *line = rest_of(*line);
            --line;
        }
    }
    return writer.take();
}

}  // namespace

std::string format(SourceMap const& sources, FileId file) {
    Diagnostics unused{};
    auto const text = sources.text(file);
    auto formatted = written(split_lines(text, tokenize(sources, file, unused)));
    if (formatted.empty()) formatted = "\n";
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    return text.starts_with(byte_order_mark) ? std::string(byte_order_mark) + formatted : formatted;
}

}  // namespace cm::dsl
