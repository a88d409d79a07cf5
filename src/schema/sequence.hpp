// Puts steps into an order that works.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// Topological by derived dependencies, ties by rank and then as written. Steps that wait for each
/// other are split; throws Failure CM0310 where that does not help.
Steps sequence(Steps steps);

}  // namespace cm::schema
