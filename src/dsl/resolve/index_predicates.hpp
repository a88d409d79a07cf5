// The `where` of partial indexes.
#pragma once
#include <optional>
#include <string>

#include "base/diagnostic.hpp"
#include "dsl/ast.hpp"
#include "dsl/datamodel.hpp"

namespace cm::dsl {

/// The SQL of `raw("…")` or `{ active: true, deletedAt: null }`; none if it was wrong and has been
/// reported.
std::optional<std::string> read_predicate(Value const& where, Model const& model,
                                          Diagnostics& diagnostics);

}  // namespace cm::dsl
