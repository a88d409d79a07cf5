// Texts that PostgreSQL has printed, after something in them has got another name: what it would
// print then.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sql/name.hpp"

namespace cm::sql {

/// A column of `table`, which the text is about or names with its schema: of an expression, a
/// constraint, a policy, a trigger. `qualifiers`: other names before a full stop that stand for the
/// table (`new`, an alias).
std::string with_renamed_column(std::string_view text, QualifiedName const& table,
                                std::string_view from, std::string_view to,
                                std::vector<std::string> const& qualifiers = {});

/// A relation, wherever its name stands with its schema.
std::string with_renamed_relation(std::string_view text, QualifiedName const& from,
                                  QualifiedName const& to);

/// What stands before the full stop of a column in a query: the name of the relation, if it has no
/// alias there, and its aliases. `relation` stands in it with its schema.
std::vector<std::string> qualifiers_of(std::string_view query, QualifiedName const& relation);

/// The bare name of a relation before the full stop of a column.
std::string with_renamed_qualifier(std::string_view query, std::string_view from,
                                   std::string_view to);

/// A function, with its schema or without it, before its arguments.
std::string with_renamed_function(std::string_view text, QualifiedName const& from,
                                  QualifiedName const& to);

/// A sequence or another relation in a literal of regclass.
std::string with_renamed_literal(std::string_view text, QualifiedName const& from,
                                 QualifiedName const& to);

/// A schema, before a full stop.
std::string with_renamed_schema(std::string_view text, std::string_view from, std::string_view to);

/// A type, with its schema, or without it behind a cast: then `bare` is its schema.
std::string with_renamed_type(std::string_view text, QualifiedName const& from,
                              QualifiedName const& to);

/// What a literal without a cast is of.
enum class BareLiterals { of_the_type, of_another };

/// A value of an enum: a literal that is cast to the type, alone or in an ARRAY, or that is the
/// whole text.
std::string with_renamed_value(std::string_view text, QualifiedName const& type,
                               std::string_view from, std::string_view to,
                               BareLiterals bare = BareLiterals::of_another);

}  // namespace cm::sql
