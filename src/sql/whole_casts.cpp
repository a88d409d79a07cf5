// See whole_casts.hpp.
#include "sql/whole_casts.hpp"

#include <optional>

#include "sql/token.hpp"

namespace cm::sql {
namespace {

using Text = std::string_view;

/// `ARRAY[…]`, from the bracket on.
struct List {
    Text type{};  ///< to which its first element is cast: `character varying`; empty if it is not
    std::size_t end{};  ///< behind the closing bracket
};

/// None if it is not closed. A type with modifiers is none: they would hold for the list as well.
std::optional<List> list_at(Text script, Token bracket) {
    std::size_t type{};  ///< where it begins
    std::optional<Text> known{};
    auto depth = 0;
    for (auto token = bracket; token.kind != TokenKind::end;
         token = next_token(script, token.end)) {
        if (token.kind != TokenKind::symbol) continue;
        auto const symbol = script[token.begin];
        if (symbol == '[' || symbol == '(') ++depth;
        if (symbol == ']' || symbol == ')') --depth;
        auto const is_over = depth == 0;
        if (depth == 1 && !known && script.substr(token.begin).starts_with("::"))
            type = token.begin + 2;
        if (!known && (is_over || (symbol == ',' && depth == 1))) {
            known = type == 0 ? Text{} : script.substr(type, token.begin - type);
            if (known->find_first_of("()[]") != Text::npos) known = Text{};
        }
        if (is_over) return List{*known, token.end};
    }
    return {};
}

}  // namespace

std::string with_whole_casts(Text text) {
    constexpr Text start = "(ARRAY[";
    if (text.find(start) == Text::npos) return std::string{text};
    std::string result{};
    for (auto token = next_token(text, 0); token.kind != TokenKind::end;
         token = next_token(text, token.end)) {
        if (token.kind == TokenKind::symbol && text.substr(token.begin).starts_with(start)) {
            auto const word = next_token(text, token.end);
            auto const list = list_at(text, next_token(text, word.end));
            if (list && !list->type.empty() && text.substr(list->end).starts_with(")::")) {
                result += text.substr(token.begin, list->end - token.begin);
                result += "::" + std::string{list->type} + "[]";
                token.end = list->end;
                continue;
            }
        }
        result += text.substr(token.begin, token.end - token.begin);
    }
    return result;
}

}  // namespace cm::sql
