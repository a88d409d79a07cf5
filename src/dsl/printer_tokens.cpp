// Tokens as text. See printer.hpp.
#include <fmt/format.h>

#include "dsl/printer.hpp"

namespace cm::dsl {

namespace {

// In the order of TokenKind.
constexpr std::string_view kind_names[] = {"identifier",
                                           "number",
                                           "string",
                                           "comment",
                                           "documentation",
                                           "block_comment",
                                           "newline",
                                           "at",
                                           "double_at",
                                           "open_parenthesis",
                                           "close_parenthesis",
                                           "open_bracket",
                                           "close_bracket",
                                           "open_brace",
                                           "close_brace",
                                           "comma",
                                           "colon",
                                           "equals",
                                           "question",
                                           "exclamation",
                                           "dot",
                                           "invalid",
                                           "end"};
static_assert(std::size(kind_names) == static_cast<std::size_t>(TokenKind::end) + 1);

std::string one_line(std::string_view text) {
    std::string line{};
    for (auto const c : text) {
        if (c == '\n') {
            line += "\\n";
        } else if (c == '\r') {
            line += "\\r";
        } else {
            line += c;
        }
    }
    return line;
}

}  // namespace

void print(Tokens const& tokens, SourceMap const& sources, TextSink const& out) {
    BufferedSink text{out};
    for (auto const& token : tokens) {
        auto const place = sources.position(token.span.file, token.span.begin);
        auto const* const space = token.text.empty() ? "" : " ";
        text += fmt::format("{}:{}:{} {}{}{}\n", sources.name(token.span.file), place.line,
                            place.column, kind_names[static_cast<std::size_t>(token.kind)], space,
                            one_line(token.text));
    }
}

}  // namespace cm::dsl
