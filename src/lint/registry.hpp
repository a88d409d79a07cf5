// All rules.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "lint/rule.hpp"

namespace cm::lint {

/// By code.
std::span<Rule const* const> all_rules();

/// By name or code; null if there is none.
Rule const* find_rule(std::string_view name);

/// Names the rule that was most likely meant, or tells where all stand.
std::string help_for_unknown_rule(std::string_view name);

}  // namespace cm::lint
