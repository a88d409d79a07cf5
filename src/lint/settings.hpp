// What cm-migrate.json says about lint.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lint/rule.hpp"

namespace cm::lint {

/// A rule of the user's own: a pattern of words, as sql/word_pattern.hpp has them.
struct CustomRule {
    std::string name{};
    std::string pattern{};
    std::string message{};
    std::string help{};
    Level level = Level::warning;
    bool operator==(CustomRule const&) const = default;
};

struct Settings {
    std::map<std::string, Level, std::less<>> rules{};  ///< by name
    std::optional<int> server{};            ///< the major version that migrations are for
    std::optional<std::string> baseline{};  ///< migrations up to this one are not looked at
    std::vector<CustomRule> custom{};
    bool operator==(Settings const&) const = default;
};

}  // namespace cm::lint
