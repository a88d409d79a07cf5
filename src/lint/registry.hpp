// All rules.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "lint/rule.hpp"

namespace cm::lint {

/// By code.
std::span<Rule const* const> all_rules();

/// By name or code; null if there is none.
Rule const* find_rule(std::string_view name);

/// The rule whose name was most likely meant.
std::optional<std::string> nearest_rule(std::string_view name);

}  // namespace cm::lint
