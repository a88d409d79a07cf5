// Indexes that a schema file cannot say stand on both sides of a comparison, so that none is
// dropped for want of being declared.
#pragma once
#include "schema/schema.hpp"

namespace cm::schema {

/// Whether the table of the index, as `schema` has it, has all columns that the index needs.
/// PostgreSQL drops an index with any of them.
bool can_stay(object::Index const& index, Schema const& schema);

/// Adds those of `actual` that `declared` neither says nor could say, as they are, as long as they
/// can stay; those that are invalid or being built are left to the differ. What all of them have
/// taken from `actual` is fitted to the declared tables.
void keep_undeclared_indexes(Schema& declared, Schema const& actual);

}  // namespace cm::schema
