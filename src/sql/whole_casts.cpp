// See whole_casts.hpp.
#include "sql/whole_casts.hpp"

#include <optional>

#include "sql/token.hpp"

namespace cm::sql {
namespace {

using Text = std::string_view;

/// `ARRAY[…]`, from the bracket on.
struct List {
    Text first{};       ///< element
    std::size_t end{};  ///< behind the closing bracket
};

/// None if it is not closed.
std::optional<List> list_at(Text script, Token bracket) {
    List list{};
    auto depth = 0;
    for (auto token = bracket; token.kind != TokenKind::end;
         token = next_token(script, token.end)) {
        if (token.kind != TokenKind::symbol) continue;
        auto const symbol = script[token.begin];
        if (symbol == '[' || symbol == '(') ++depth;
        if (symbol == ']' || symbol == ')') --depth;
        auto const is_over = depth == 0;
        if (list.first.empty() && (is_over || (symbol == ',' && depth == 1)))
            list.first = script.substr(bracket.end, token.begin - bracket.end);
        if (!is_over) continue;
        list.end = token.end;
        return list;
    }
    return {};
}

/// The type to which an element is cast: `character varying` of `'a'::character varying`. Empty if
/// it is not, and where the type has modifiers, which would hold for the list as well.
Text type_of(Text element) {
    Text type{};
    auto depth = 0;
    for (auto token = next_token(element, 0); token.kind != TokenKind::end;
         token = next_token(element, token.end)) {
        if (token.kind != TokenKind::symbol) continue;
        auto const symbol = element[token.begin];
        if (symbol == '[' || symbol == '(') ++depth;
        if (symbol == ']' || symbol == ')') --depth;
        if (depth == 0 && element.substr(token.begin).starts_with("::"))
            type = element.substr(token.begin + 2);
    }
    return type.find_first_of("()[]") == Text::npos ? type : Text{};
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
            auto const type = list ? type_of(list->first) : Text{};
            if (!type.empty() && text.substr(list->end).starts_with(")::")) {
                result += text.substr(token.begin, list->end - token.begin);
                result += "::" + std::string{type} + "[]";
                token.end = list->end;
                continue;
            }
        }
        result += text.substr(token.begin, token.end - token.begin);
    }
    return result;
}

}  // namespace cm::sql
