// Patterns of words: what kind of statement a text is, whether or not PostgreSQL's parser, as it is
// linked, understands it.
#pragma once
#include <cstddef>
#include <string_view>

#include "sql/token.hpp"

namespace cm::sql {

/// True if the statement, which begins at its first word, begins with the pattern. Its words are in
/// upper case and separated by a blank. `A|B` is either word, `?X` may be missing, `(…)` is a
/// bracketed list that may be missing, `…` is anything up to the next word of the pattern, `.` is
/// the end of the statement.
bool matches_words(std::string_view statement, std::string_view pattern);

/// Past a bracketed list if there is one.
std::size_t skip_brackets(std::string_view statement, std::size_t at);

inline bool is_open_bracket(std::string_view statement, Token token) {
    return token.kind == TokenKind::symbol && statement[token.begin] == '(';
}

}  // namespace cm::sql
