// On the tokens of token.hpp; what is not closed reaches to the end, as there.
#include "sql/statement_cursor.hpp"

#include <algorithm>
#include <utility>

namespace cm::sql {
bool StatementCursor::take(std::string_view words) {
    auto const before = at_;
    while (!words.empty()) {
        auto const end = std::min(words.find(' '), words.size());
        auto const token = next();
        if (!is_word(text_, token, words.substr(0, end))) {
            at_ = before;
            return false;
        }
        at_ = token.end;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return true;
}

bool StatementCursor::take(char symbol) {
    auto const token = next();
    if (token.kind != TokenKind::symbol || text_[token.begin] != symbol) return false;
    at_ = token.end;
    return true;
}

std::optional<std::string> StatementCursor::name() {
    auto const token = next();
    if (!is_name(token)) return {};
    at_ = token.end;
    return name_of(text_, token);
}

std::optional<QualifiedName> StatementCursor::qualified_name() {
    auto schema = name();
    if (!schema || !take('.')) return {};
    auto object = name();
    if (!object) return {};
    return QualifiedName{std::move(*schema), std::move(*object)};
}

std::string StatementCursor::written_name() {
    std::string result{};
    for (auto token = next(); is_name(token); token = next()) {
        at_ = token.end;
        result += text_of(token);
        if (!take('.')) break;
        result += '.';
    }
    return result;
}

std::optional<std::string> StatementCursor::value() {
    auto const token = next();
    if (token.kind == TokenKind::end || token.kind == TokenKind::symbol) return {};
    at_ = token.end;
    auto words = text_of(token);
    auto const quote = words.back();
    if (quote == '\'' || quote == '"') {
        words.remove_prefix(std::min(words.find(quote) + 1, words.size()));
        words.remove_suffix(words.empty() ? 0 : 1);
    }
    return std::string(words);
}

std::optional<std::string> StatementCursor::text_before(std::string_view stop) {
    auto const begin = next().begin;
    auto end = begin;
    for (auto at = begin;;) {
        auto const token = next_significant_token(text_, at, strings_);
        if (token.kind == TokenKind::end) return {};
        if (is_word(text_, token, stop) || text_of(token) == stop) {
            at_ = token.end;
            return std::string(text_.substr(begin, end - begin));
        }
        at = end = token.end;
    }
}

bool StatementCursor::mentions(std::string_view word) const {
    for (auto token = next_significant_token(text_, 0, strings_); token.kind != TokenKind::end;
         token = next_significant_token(text_, token.end, strings_)) {
        if (is_word(text_, token, word)) return true;
    }
    return false;
}

}  // namespace cm::sql
