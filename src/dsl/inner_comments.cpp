// See inner_comments.hpp.
#include "dsl/inner_comments.hpp"

#include "dsl/parser.hpp"

namespace cm::dsl {
namespace {

bool ends_line(TokenKind kind) {
    return kind == TokenKind::newline || kind == TokenKind::end;
}

/// True behind the `{` of a block, where Prisma reads nothing, and behind its `}`.
bool may_stand_behind(Tokens const& tokens, std::size_t first, std::size_t comment) {
    auto const is_header = first + 2 < comment && tokens[first + 2].kind == TokenKind::open_brace &&
                           members_of(tokens[first].text);
    return is_header || (tokens[first].kind == TokenKind::close_brace && first + 1 == comment);
}

}  // namespace

void refuse_inner_comments(Tokens const& tokens, Diagnostics& diagnostics) {
    auto const none = tokens.size();
    auto first = none;  // of the line, leading comments aside
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (ends_line(tokens[i].kind)) {
            first = none;
        } else if (tokens[i].kind != TokenKind::block_comment) {
            if (first == none) first = i;
        } else if (first != none && !ends_line(tokens[i + 1].kind) &&
                   !may_stand_behind(tokens, first, i)) {
            diagnostics
                .error("CM0106", tokens[i].span, "a comment cannot stand in the middle of a line")
                .help("move it to the end of the line, or above it");
        }
    }
}

}  // namespace cm::dsl
