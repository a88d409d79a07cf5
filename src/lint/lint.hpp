// Runs the rules over a file.
#pragma once
#include <vector>

#include "lint/finding.hpp"
#include "lint/levels.hpp"
#include "lint/report.hpp"
#include "lint/settings.hpp"

namespace cm::lint {

/// What the rules find in the file, in its order; suppressed findings are left out. `catalog` is
/// that before the file, and afterwards that behind it.
std::vector<Finding> lint(Script const& script, Conditions const& conditions, Levels const& levels,
                          Catalog& catalog, std::vector<CustomRule> const& custom = {});

}  // namespace cm::lint
