// What the body of a routine names PostgreSQL keeps no account of, if the body is a string: it is
// looked up when the routine is made, or called.
#pragma once
#include <utility>
#include <vector>

#include "schema/step.hpp"

namespace cm::schema {

/// (what makes something, a routine that may name it), by the words of its text alone: an order to
/// be kept where nothing else speaks against it.
std::vector<std::pair<std::size_t, std::size_t>> named_in_bodies(Steps const& steps);

}  // namespace cm::schema
