// New indexes of partitioned tables. PostgreSQL manual, CREATE INDEX: without ONLY, partitions get
// their parts with it.
#pragma once
#include <set>

#include "schema/step.hpp"

namespace cm::schema {

/// Leaves out the parts that come by themselves, as they should be; where they would not, the index
/// is made without them, and they are attached. `late`: partitions that are attached afterwards.
Steps make_with_parts(Schema const& from, Schema const& to,
                      std::set<sql::QualifiedName> const& late, Steps steps);

}  // namespace cm::schema
