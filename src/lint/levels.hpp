// Which rules are on, and how serious their findings are: by default, by the configuration, and by
// what was asked for.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "lint/rule.hpp"

namespace cm::lint {

class Levels {
  public:
    /// What was said last counts.
    void set(std::string_view rule, Level level);
    /// From now on no other rules are on than those that were named here, whatever was set before.
    void only(std::string_view rule);

    Level of(Rule const& rule) const;
    Level of(std::string_view name, Level when_on, bool is_on_by_default) const;

    /// A rule of the user's own has this name.
    void add_custom(std::string_view name) { custom_.emplace(name); }

    bool knows(std::string_view name) const { return custom_.contains(name); }

    /// Its level is not the rule's own.
    bool is_set(std::string_view rule) const { return set_.contains(rule); }

    /// The rules that were asked for by name.
    bool asks_for(std::string_view name) const { return only_.contains(name); }

  private:
    std::map<std::string, Level, std::less<>> set_{};
    std::set<std::string, std::less<>> only_{};
    std::set<std::string, std::less<>> custom_{};
};

std::optional<Level> level_of(std::string_view word);

}  // namespace cm::lint
