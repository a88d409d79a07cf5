// Looks for what reaches beyond the database in text that nobody can parse: SQL that is put
// together by a program, bodies in other languages, syntax newer than the parser.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sql/effects.hpp"

namespace cm::sql {

/// Texts are read as one, so that `'CREATE ' || 'ROLE x'` is found; strings within a text are read
/// as text themselves.
std::vector<Reach> reaches_in_words(std::vector<std::string> const& texts);

/// True if one of the texts begins like a statement.
bool begins_statement(std::vector<std::string> const& texts);

/// True if the text has a word, in strings too, that hides what is run (see hides_text).
bool has_hiding_word(std::string_view text);

}  // namespace cm::sql
