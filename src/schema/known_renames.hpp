// What one thing is called in two states, told by what a rename leaves as it is: the oid of a table
// or type, the number (attnum) of a column, the place of an enum's value.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// What leads from the names of `before` to those of `after`. Oids tell in two states of one
/// database. A replay takes place in another one, where the same statements give columns the same
/// numbers: of tables and types, what is like no other is taken for renamed. Numbers also differ
/// where a database was restored from a dump, which leaves no gaps: there the columns on both sides
/// tell.
Steps known_renames(Schema const& before, Schema const& after);

/// True if a table or type of the one has no counterpart in the other, and the other way round.
bool may_be_renamed(Schema const& before, Schema const& after);

/// The same renames backwards.
Steps taken_back(Steps const& renames);

}  // namespace cm::schema
