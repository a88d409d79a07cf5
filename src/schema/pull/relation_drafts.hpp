// Foreign keys and join tables as relation fields.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "schema/pull/draft_names.hpp"
#include "schema/pull/keys.hpp"

namespace cm::schema {

/// Adds the relation fields to the models, in Prisma's order: by the table that holds the key and
/// the key's name; many-to-many relations come last.
void add_relations(Draft& draft, Schema const& actual, ExistingSchema const& existing,
                   DraftOptions const& options);

}  // namespace cm::schema
