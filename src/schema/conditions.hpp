// Conditions of partial indexes become comparable, and their columns known, with the types that the
// columns of the table have.
#pragma once
#include "schema/schema.hpp"

namespace cm::schema {

void read_condition(object::Index& index, Schema const& schema);
/// All of them: the last step of each road to a schema.
void read_conditions(Schema& schema);

}  // namespace cm::schema
