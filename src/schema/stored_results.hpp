// What keeps results of a function: indexes, checks that rows have passed, generated columns. When
// the function is replaced, they stay as they were.
#pragma once
#include "schema/step.hpp"

namespace cm::schema {

/// Tells each replaced routine of what stays and keeps its results (Definition::stored_in).
void note_stored_results(Schema const& from, Steps& steps);

}  // namespace cm::schema
