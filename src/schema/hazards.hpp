// The warnings of a whole plan: those of each step, less those that another step of the plan makes
// moot.
#pragma once
#include <vector>

#include "object/object.hpp"
#include "schema/step.hpp"

namespace cm::schema {

/// One list a step.
std::vector<object::Hazards> hazards_of(Steps const& plan);

}  // namespace cm::schema
