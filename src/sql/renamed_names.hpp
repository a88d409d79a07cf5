// Texts that PostgreSQL has printed, after something in them has got another name: what it would
// print then.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sql/name.hpp"

namespace cm::sql {

/// A column of the table that the text is about: of an expression, a constraint, a policy, a
/// trigger. `qualifiers`: names before a full stop that stand for the table (`new`, an alias).
std::string with_renamed_column(std::string_view text, std::string_view from, std::string_view to,
                                std::vector<std::string> const& qualifiers = {});

/// A relation or type, wherever its name stands with its schema; with nothing before it, too, if
/// `bare` is that schema.
std::string with_renamed_object(std::string_view text, QualifiedName const& from,
                                QualifiedName const& to, std::string_view bare = {});

/// What a literal without a cast is of.
enum class BareLiterals { of_the_type, of_another };

/// A value of an enum: a literal that is cast to the type, alone or in an ARRAY, or that is the
/// whole text.
std::string with_renamed_value(std::string_view text, QualifiedName const& type,
                               std::string_view from, std::string_view to,
                               BareLiterals bare = BareLiterals::of_another);

}  // namespace cm::sql
