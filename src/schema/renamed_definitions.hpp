// What somebody has given another name, although others stand on it: views, functions, domains …
// PostgreSQL prints the others with the new name, so that names alone tell nothing.
#pragma once
#include <vector>

#include "schema/step.hpp"

namespace cm::schema {

/// Those of `made` that `actual` has under another name only, and no two alike. Where all that both
/// have stands on each as it did.
std::vector<Alter<object::Definition>> renamed_definitions(Schema const& made,
                                                           Schema const& actual);

}  // namespace cm::schema
