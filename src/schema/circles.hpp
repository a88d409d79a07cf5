// Steps that wait for each other: one of them becomes several that do not (a table and then its
// default, a name by way of another one).
#pragma once
#include <string>
#include <vector>

#include "schema/step.hpp"

namespace cm::schema {

/// A name that somebody has while two exchange theirs. Nobody else has one like it.
bool is_stopover(std::string const& name);

/// Such a name for what is called `name`, and back, as far as its length allows.
std::string stopover(std::string const& name);
std::string without_stopover(std::string const& name);

/// One of the steps that wait for each other becomes several that do not; false if none can.
bool split_one(std::vector<std::size_t> const& loop, Steps& steps);

}  // namespace cm::schema
