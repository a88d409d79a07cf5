// Matches by going forward, and by trying each further place after `…`.
#include "sql/word_pattern.hpp"

#include <algorithm>

namespace cm::sql {
namespace {

/// `ALTER TABLE` with hundreds of columns is not searched to its end: what is looked for stands
/// near the start.
constexpr int longest_search = 40;

bool fits(std::string_view statement, Token token, std::string_view alternatives) {
    while (!alternatives.empty()) {
        auto const bar = alternatives.find('|');
        auto const word = alternatives.substr(0, bar);
        if (is_word(statement, token, word)) {
            return true;
        }
        if (bar == std::string_view::npos) {
            break;
        }
        alternatives.remove_prefix(bar + 1);
    }
    return false;
}

bool is_symbol(std::string_view statement, Token token, char symbol) {
    return token.kind == TokenKind::symbol && statement[token.begin] == symbol;
}

std::string_view take_word(std::string_view& pattern) {
    auto const end = std::min(pattern.find(' '), pattern.size());
    auto const word = pattern.substr(0, end);
    pattern.remove_prefix(std::min(end + 1, pattern.size()));
    return word;
}

bool matches(std::string_view statement, std::string_view pattern);

bool found_further_on(std::string_view statement, std::string_view pattern) {
    auto token = next_significant_token(statement, 0);
    for (int i = 0; i < longest_search && token.kind != TokenKind::end; ++i) {
        if (matches(statement.substr(token.begin), pattern)) {
            return true;
        }
        token = next_significant_token(statement, token.end);
    }
    return false;
}

bool matches(std::string_view statement, std::string_view pattern) {
    std::size_t at = 0;
    while (!pattern.empty()) {
        auto word = take_word(pattern);
        auto const token = next_significant_token(statement, at);
        if (word == "(…)") {
            at = skip_brackets(statement, at);
        } else if (word == "…") {
            return found_further_on(statement.substr(at), pattern);
        } else if (word == ".") {
            return token.kind == TokenKind::end || is_symbol(statement, token, ';');
        } else if (word == "(") {
            if (!is_open_bracket(statement, token)) {
                return false;
            }
            at = token.end;
        } else {
            bool const optional = word.starts_with('?');
            if (optional) {
                word.remove_prefix(1);
            }
            if (fits(statement, token, word)) {
                at = token.end;
            } else if (!optional) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace

std::size_t skip_brackets(std::string_view statement, std::size_t at) {
    auto token = next_significant_token(statement, at);
    if (!is_open_bracket(statement, token)) {
        return at;
    }
    for (int depth = 0; token.kind != TokenKind::end;
         token = next_significant_token(statement, token.end)) {
        if (is_open_bracket(statement, token)) {
            ++depth;
        }
        if (is_symbol(statement, token, ')') && --depth == 0) {
            return token.end;
        }
    }
    return statement.size();
}

bool matches_words(std::string_view statement, std::string_view pattern) {
    return matches(statement, pattern);
}

}  // namespace cm::sql
