// A whole file: blocks, and what stands between them.
#include "dsl/format/format.hpp"

#include <utility>

#include "dsl/format/block.hpp"
#include "dsl/format/line.hpp"

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

class FileFormatter {
  public:
    FileFormatter(SourceMap const& sources, FileId file) : cursor_(sources, file) {}

    std::string run() {
        while (!cursor_.at_end()) element(cursor_.line());
        return writer_.take();
    }

  private:
    void element(Line const& line) {
        auto const follows_comment = std::exchange(is_behind_comment_, line.is_comment());
        if (line.is_blank()) {
            cursor_.pass(line);
            writer_.blank();
        } else if (line.is_comment()) {
            cursor_.pass(line);
            writer_.add(comment_text(comment_of(line, follows_comment), ""));
        } else if (!block(line) && !foreign_block(line)) {
            writer_.add(cursor_.take_unread(line));
        }
    }

    bool block(Line const& header) {
        if (!is_block_header(header)) return false;
        auto const text = take_block(cursor_, header);
        if (!text) return false;
        writer_.add_block(*text);
        auto const closing = cursor_.line();
        if (cursor_.pass_first_token(closing)) writer_.no_blank();
        return true;
    }

    /// `word {` and what follows to the next `}` stays as it is, as in Prisma; empty lines behind
    /// it go.
    bool foreign_block(Line const& header) {
        if (!is_foreign_header(header)) return false;
        auto const text = cursor_.take_to_brace(header);
        if (!text) return false;
        writer_.add(*text);
        if (!cursor_.at_end() && !cursor_.line().is_blank()) return true;
        writer_.add("\n");
        while (!cursor_.at_end() && cursor_.line().is_blank()) cursor_.pass(cursor_.line());
        return true;
    }

    LineCursor cursor_;
    Writer writer_{};
    bool is_behind_comment_ = false;
};

}  // namespace

std::string format(SourceMap const& sources, FileId file) {
    auto const text = sources.text(file);
    auto formatted = FileFormatter(sources, file).run();
    if (!formatted.ends_with('\n')) formatted += "\n";
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    return text.starts_with(byte_order_mark) ? std::string(byte_order_mark) + formatted : formatted;
}

}  // namespace cm::dsl
