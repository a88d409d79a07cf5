// Names that a plan would give to something new, and that something else in the database has.
#pragma once
#include <vector>

#include "engine/probe.hpp"
#include "schema/step.hpp"

namespace cm::engine {

/// What the schema language cannot say has names, too: an expression index, a view, a domain. The
/// statement would fail for certain.
std::vector<Finding> name_clashes(schema::Steps const& plan, pg::Connection& connection);

}  // namespace cm::engine
