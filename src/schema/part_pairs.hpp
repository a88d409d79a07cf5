// The parts of an index of a partitioned table are its parts under whatever name: PostgreSQL names
// them, in the order in which indexes are made.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// Where an index stays and its part on a partition has another name on the other side, the part is
/// renamed, whatever else has had that name or gets the old one.
Steps pair_parts(Schema const& from, Schema const& to, Steps steps);

}  // namespace cm::schema
