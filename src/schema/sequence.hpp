// Puts steps into an order that works.
#pragma once
#include "schema/soft_edges.hpp"
#include "schema/step.hpp"

namespace cm::schema {

/// Topological by derived dependencies, ties by rank and then as written. Steps that wait for each
/// other are split; throws Failure CM0310 where that does not help.
Steps sequence(Steps steps);

/// Which of these steps, as `sequence` has ordered them, must stay behind which: (before, after).
StepEdges edges_of(Steps const& ordered);

}  // namespace cm::schema
