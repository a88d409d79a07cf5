// What the string bodies of functions use: the catalog does not know it, but PostgreSQL looks at
// the names when a function is made. A wish, where pg_depend is a must.
#pragma once
#include <cstddef>
#include <utility>
#include <vector>

#include "schema/step.hpp"

namespace cm::schema {

/// (before, after), as positions in the list.
using StepEdges = std::vector<std::pair<std::size_t, std::size_t>>;

/// From what makes or changes a name to what has it between quotes.
StepEdges soft_edges(Steps const& steps);

/// The order by `hard` edges and as many of `soft` as it allows: those that it does not are left
/// over in `unkept`. Throws CycleError if the hard ones alone form a loop.
std::vector<std::size_t> order_softly(std::size_t count, StepEdges const& hard, StepEdges soft,
                                      StepEdges& unkept);

/// Its body is not to be looked at when it is made.
void leave_unchecked(Step& step);

}  // namespace cm::schema
