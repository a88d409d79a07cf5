// See constraint_text.hpp.
#include "object/definition/constraint_text.hpp"

#include <algorithm>

#include "sql/token.hpp"

namespace cm::object {

Bracketed in_brackets(std::string_view text, std::size_t at) {
    auto depth = 0;
    std::size_t begin{};
    for (auto token = sql::next_significant_token(text, at); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(text, token.end)) {
        if (token.kind != sql::TokenKind::symbol) continue;
        if (text[token.begin] == '(' && depth++ == 0) begin = token.end;
        if (text[token.begin] == ')' && --depth == 0)
            return {std::string{text.substr(begin, token.begin - begin)}, token.end};
    }
    return {{}, text.size()};
}

std::vector<std::string> parts_of_list(std::string_view list) {
    std::vector<std::string> parts{};
    auto depth = 0;
    std::size_t begin{};
    auto const cut = [&](std::size_t end) {
        begin = std::min(list.find_first_not_of(' ', begin), end);
        parts.emplace_back(list.substr(begin, end - begin));
    };
    for (auto token = sql::next_significant_token(list, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(list, token.end)) {
        if (token.kind != sql::TokenKind::symbol) continue;
        auto const symbol = list[token.begin];
        depth += symbol == '(' ? 1 : symbol == ')' ? -1 : 0;
        if (symbol != ',' || depth != 0) continue;
        cut(token.begin);
        begin = token.end;
    }
    cut(list.size());
    return parts;
}

}  // namespace cm::object
