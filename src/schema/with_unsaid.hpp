// Silence keeps what is there: what a declaration does not say comes from the database.
#pragma once
#include "schema/schema.hpp"

namespace cm::schema {

/// `declared` with the details that it leaves open (those without a value) taken from the objects
/// of `actual` that its own are paired with: by key, else where the old one would be renamed. Which
/// of them stay when an object changes is each kind's own rule: `take_unsaid(declared, actual)`
/// beside the kind.
Schema with_unsaid(Schema declared, Schema const& actual);

/// Without those details: what is left is what the schema language can say.
Schema without_details(Schema schema);

}  // namespace cm::schema
