// What can be known of a text that plpgsql puts together and runs (EXECUTE): whether its first
// words say what kind of statement it is.
#pragma once
#include <string>
#include <string_view>

#include "sql/statement_tree.hpp"

namespace cm::sql {

/// Stands in a template for a piece that is not known before the text is run.
constexpr char unknown_piece = '\1';
/// The same for a piece that is quoted as a name or a string, and so can be nothing else.
constexpr char quoted_piece = '\2';

/// The text that an expression gives, as far as it is written there: constants, `||`, concat(), and
/// what stands between the places of format().
std::string template_of(Json const& expression);

/// True if each statement of the template says by known words what it does, and to which kind of
/// object: `ALTER TABLE ` and a piece, but neither `ALTER ` and a piece nor `ALTER RO` and one.
bool says_its_kind(std::string_view text_template);

}  // namespace cm::sql
