// The shape of a rule: a function over the resolved model. To add one: a file with the function, a
// line here and a line in registry.cpp, a page docs/errors/<code>.md, a case in
// tests/cases/diagnostics.
#pragma once
#include "base/diagnostic.hpp"
#include "dsl/datamodel.hpp"

namespace cm::dsl {

using Rule = void (*)(DataModel const&, Diagnostics&);

}  // namespace cm::dsl

namespace cm::dsl::check_rules {

void unique_criterion(DataModel const& model, Diagnostics& diagnostics);

}  // namespace cm::dsl::check_rules
