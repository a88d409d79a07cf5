// Puts steps into an order that works.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// Topological by derived dependencies, ties by rank and then as written. Throws Failure CM0310 on
/// a loop.
Steps sequence(Steps steps);

}  // namespace cm::schema
