// How a statement is called in messages, from its parse tree: never by its text, which may hold
// passwords.
#pragma once
#include <string>
#include <string_view>

#include "sql/statement_tree.hpp"

namespace cm::sql {

/// The kind of object that the statement is about, in the words of the parse tree.
std::string object_of(Json const& node);

/// A name in one of the forms that the parse tree has for them; empty if there is none.
std::string name_in(Json const& value);

/// What the statement is about.
std::string name_of(StatementTree const& tree);

/// "words `name`", or the words alone.
std::string with_name(std::string_view words, std::string const& name);

/// Its leading words in capitals, and what it is about: "ALTER TABLE `t`".
std::string words_of(StatementTree const& tree, std::string_view statement);

}  // namespace cm::sql
