// What a change does to objects that the schema language cannot say: a view that needs a column, a
// check that goes with it.
#pragma once
#include <vector>

#include "engine/probe.hpp"
#include "schema/step.hpp"

namespace cm::engine {

/// Asks the server what hangs on the tables and columns that the plan drops or retypes. One query;
/// none for a plan that does neither.
std::vector<Finding> dependents(schema::Steps const& plan, pg::Connection& connection);

}  // namespace cm::engine
