// Routines whose text names what a change renames: the catalog keeps no account of it, and nothing
// changes the text.
#pragma once
#include <vector>

#include "engine/probe.hpp"
#include "schema/step.hpp"

namespace cm::engine {

/// CM0682 for each routine that would fail afterwards, unless the plan itself changes it. One
/// query; none for a plan that renames no table and no column.
std::vector<Finding> renamed_in_routines(schema::Steps const& plan, pg::Connection& connection);

}  // namespace cm::engine
