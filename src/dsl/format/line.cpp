// See line.hpp.
#include "dsl/format/line.hpp"

#include <fmt/format.h>

namespace cm::dsl {

namespace {

constexpr std::string_view white_space = " \t\r\n";

bool is_comment_kind(TokenKind kind) {
    return kind == TokenKind::comment || kind == TokenKind::documentation ||
           kind == TokenKind::block_comment;
}

bool is_closed_block_comment(Token const& token) {
    return token.kind == TokenKind::block_comment && token.text.size() >= 4 &&
           token.text.ends_with("*/");
}

std::string_view trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(white_space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

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

bool Line::is_comment() const {
    if (tokens.size() != 1 || !is_comment_kind(tokens.front().kind)) return false;
    return tokens.front().kind != TokenKind::block_comment ||
           is_closed_block_comment(tokens.front());
}

std::vector<Line> split_lines(std::string_view text, Tokens const& tokens) {
    std::vector<Line> lines{};
    Line line{};
    auto const finish = [&](std::uint32_t end) {
        if (!line.tokens.empty()) {
            auto const begin = line.tokens.front().span.begin;
            line.text = text.substr(begin, end - begin);
        }
        lines.push_back(std::move(line));
        line = {};
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        auto const& token = tokens[i];
        if (token.kind == TokenKind::end) {
            if (!line.tokens.empty()) finish(token.span.begin);
        } else if (token.kind == TokenKind::newline) {
            // The `\r` belongs to a line that is taken as it is.
            finish(token.text == "\r\n" ? token.span.begin + 1 : token.span.begin);
        } else {
            line.tokens.push_back(token);
            auto const opens_line = line.tokens.size() == 1 && is_closed_block_comment(token);
            if (opens_line && i + 1 < tokens.size() && tokens[i + 1].kind != TokenKind::newline) {
                finish(token.span.end);
            }
        }
    }
    return lines;
}

Line rest_of(Line const& line) {
    Line rest{{line.tokens.begin() + 1, line.tokens.end()}, {}};
    if (!rest.tokens.empty()) {
        rest.text =
            line.text.substr(rest.tokens.front().span.begin - line.tokens.front().span.begin);
    }
    return rest;
}

std::string comment_text(Token const& comment, std::string_view indentation) {
    if (comment.kind != TokenKind::block_comment) {
        return fmt::format("{}{}\n", indentation, comment.text);
    }
    auto lines = fmt::format("{}/**\n", indentation);
    auto const body = comment.text.substr(2, comment.text.size() - 4);
    for_each_physical_line(body, [&](std::string_view line) {
        line = trimmed(line);
        if (line.starts_with('*')) line = trimmed(line.substr(1));
        if (!line.empty()) lines += fmt::format("{} * {}\n", indentation, line);
    });
    return fmt::format("{}{} */\n", lines, indentation);
}

std::string unread_text(Line const& line, std::string_view indentation) {
    std::string text{};
    for_each_physical_line(line.text, [&](std::string_view physical) {
        auto const first = physical.find_first_not_of(" \t");
        if (first == std::string_view::npos) return;
        text += fmt::format("{}{}\n", indentation, physical.substr(first));
    });
    return text;
}

}  // namespace cm::dsl
