// Steps that wait for each other: one of them becomes several that do not (a table and then its
// default, a name by way of another one).
#pragma once
#include <vector>

#include "schema/step.hpp"

namespace cm::schema {

/// One of the steps that wait for each other becomes several that do not; false if none can.
bool split_one(std::vector<std::size_t> const& loop, Steps& steps);

}  // namespace cm::schema
