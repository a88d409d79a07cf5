// See line.hpp.
#include "dsl/format/line.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace cm::dsl {

namespace {

constexpr std::string_view white_space = " \t\r\n";

/// Calls `use` with each physical line, without its line end.
template <class Use>
void for_each_physical_line(std::string_view text, Use use) {
    while (true) {
        auto const end = text.find('\n');
        use(text.substr(0, end));
        if (end == std::string_view::npos) return;
        text.remove_prefix(end + 1);
    }
}

}  // namespace

bool is_closed_block_comment(Token const& token) {
    return token.kind == TokenKind::block_comment && token.text.size() >= 4 &&
           token.text.ends_with("*/");
}

bool Line::is_comment() const {
    if (tokens.size() != 1 || !dsl::is_comment(tokens.front().kind)) return false;
    return tokens.front().kind != TokenKind::block_comment ||
           is_closed_block_comment(tokens.front());
}

LineCursor::LineCursor(SourceMap const& sources, FileId file)
    : text_(sources.text(file)), lexer_(sources, file) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text_.starts_with(byte_order_mark)) place_ = byte_order_mark.size();
    auto const brace = text_.rfind('}');
    last_brace_ = brace == std::string_view::npos ? 0 : brace;
}

Line LineCursor::line() {
    auto tokens = lexer_.line(place_);
    auto const last = tokens.back();
    tokens.pop_back();
    if (tokens.empty()) return {{}, place_, last.span.end, {}};
    auto const first = tokens.front();
    return {std::move(tokens), first.span.begin, last.span.end,
            text_.substr(place_, first.span.begin - place_)};
}

bool LineCursor::pass_first_token(Line const& line) {
    place_ = line.tokens.size() > 1 ? line.tokens.front().span.end : line.end;
    return line.tokens.size() > 1;
}

std::size_t LineCursor::line_end(std::size_t from) const {
    auto const end = text_.find_first_of("\r\n", from);
    if (end == std::string_view::npos) return text_.size();
    return text_.substr(end).starts_with("\r\n") ? end + 2 : end + 1;
}

std::string_view LineCursor::take_unread(Line const& line) {
    place_ = line_end(line.begin);
    return text_.substr(line.begin, place_ - line.begin);
}

std::optional<std::string_view> LineCursor::take_to_brace(Line const& line) {
    if (last_brace_ < line.begin) return std::nullopt;
    auto const brace = text_.find('}', line_end(line.begin));
    if (brace == std::string_view::npos) return std::nullopt;
    place_ = brace + 1;
    return text_.substr(line.begin, place_ - line.begin);
}

Comment comment_of(Line const& line, bool follows_comment) {
    Comment comment{line.tokens.front(), std::nullopt};
    if (follows_comment) comment.white_space = line.white_space;
    return comment;
}

namespace {

/// The text between `/*` and `*/`. Under another comment Prisma takes the white space in front of
/// it for a part of it, and leaves out two bytes of that instead of `/*`. What has the frame
/// already is spared, since it would get one more with every round.
std::string body_of(Comment const& comment) {
    auto const text = comment.token.text;
    auto const is_framed = text.starts_with("/**\n") || text.starts_with("/**\r\n");
    auto const skipped = is_framed ? std::string_view{} : comment.white_space.value_or("");
    auto const whole = fmt::format("{}{}", skipped, text);
    return whole.substr(2, whole.size() - 4);
}

}  // namespace

std::string comment_text(Comment const& comment, std::string_view indentation) {
    auto const text = comment.token.text;
    if (comment.token.kind != TokenKind::block_comment) {
        return fmt::format("{}{}\n", indentation, text);
    }
    auto lines = fmt::format("{}/**\n", indentation);
    auto const body = body_of(comment);
    for_each_physical_line(body, [&](std::string_view line) {
        line = trimmed(line, white_space);
        if (line.starts_with('*')) line = trimmed(line.substr(1), white_space);
        if (!line.empty()) lines += fmt::format("{} * {}\n", indentation, line);
    });
    return fmt::format("{}{} */\n", lines, indentation);
}

}  // namespace cm::dsl
