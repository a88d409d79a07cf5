// Tables that leave parents, by DETACH PARTITION or NO INHERIT: that comes first. What they have
// had from the parents is their own from then on, and is compared as such.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

bool leave_parents(Schema const& from, Schema const& to);

/// `from` as it is when they have left.
Schema without_left_parents(Schema from, Schema const& to);

/// The steps by which they leave. `left`: without_left_parents.
Steps leaving_steps(Schema const& from, Schema const& left);

}  // namespace cm::schema
