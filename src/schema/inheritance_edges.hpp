// The order of steps among tables that inherit from each other, or come to or leave a parent.
#pragma once
#include <vector>

#include "schema/soft_edges.hpp"
#include "schema/step_effects.hpp"

namespace cm::schema {

/// `all`: what each of the steps does.
void add_inheritance(Steps const& steps, std::vector<Effects> const& all, StepEdges& edges);

}  // namespace cm::schema
