// Text is put together from tokens, so that strings in it stay as they are.
#include "lint/advice.hpp"

#include "sql/token.hpp"

namespace cm::lint {
namespace {

constexpr std::size_t longest_advice = 160;

}  // namespace

std::string in_one_line(std::string_view text) {
    std::string line{};
    for (auto token = sql::next_token(text, 0); token.kind != sql::TokenKind::end;
         token = sql::next_token(text, token.end)) {
        auto const is_blank = token.kind == sql::TokenKind::blank;
        if (is_blank && (line.empty() || line.back() == ' ')) continue;
        line += is_blank ? " " : text.substr(token.begin, token.end - token.begin);
        if (line.size() > longest_advice) return {};
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

std::string with_word_after(std::string_view statement, std::string_view word,
                            std::string_view added) {
    for (auto token = sql::next_significant_token(statement, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(statement, token.end)) {
        if (!sql::is_word(statement, token, word)) continue;
        auto text = std::string{statement.substr(0, token.end)};
        text.append(" ").append(added).append(statement.substr(token.end));
        return in_one_line(text);
    }
    return {};
}

}  // namespace cm::lint
