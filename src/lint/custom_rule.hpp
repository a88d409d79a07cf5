// Rules of the user's own: word patterns with a message.
#pragma once
#include "lint/levels.hpp"
#include "lint/report.hpp"
#include "lint/settings.hpp"

namespace cm::lint {

/// Their code; a page explains how they are written.
inline constexpr std::string_view custom_rule_code = "CM0699";

/// Adds what they find in the file.
void run_custom_rules(Script const& script, std::vector<CustomRule> const& rules,
                      Levels const& levels, std::vector<Finding>& findings);

}  // namespace cm::lint
