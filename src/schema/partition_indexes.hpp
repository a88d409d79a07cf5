// What becomes of the indexes of partitions that come, change or go: PostgreSQL makes parts of an
// index with it, or takes some that are there, and none can be dropped without it.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// Leaves out what PostgreSQL does by itself, and says what it would do otherwise.
Steps settle_parts(Schema const& from, Schema const& to, Steps steps);

}  // namespace cm::schema
