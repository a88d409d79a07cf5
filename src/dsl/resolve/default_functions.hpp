// The functions that `@default(…)` knows, as a table.
#pragma once
#include <optional>

#include "base/diagnostic.hpp"
#include "dsl/ast.hpp"
#include "dsl/datamodel.hpp"

namespace cm::dsl {

/// Reads a call; none if it is unknown, does not suit the field or has wrong arguments, which is
/// reported.
std::optional<DefaultFunction> read_default_function(CallValue const& call, Span span,
                                                     Field const& field, Diagnostics& diagnostics);

}  // namespace cm::dsl
