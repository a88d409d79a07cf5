// What would forbid a script to drop something: it stays, and relies on that. Beside what is said
// of tables and their columns (engine/dependents.hpp).
#pragma once
#include <vector>

#include "engine/probe.hpp"
#include "schema/step.hpp"

namespace cm::engine {

enum class Dropped {
    definitions,  ///< of which the other findings say nothing
    everything
};

/// Asks the server, with one query; none for a plan that drops nothing of that sort.
std::vector<Finding> remaining_dependents(schema::Steps const& plan, pg::Connection& connection,
                                          Dropped what = Dropped::definitions);

}  // namespace cm::engine
