// What was asked for on the command line goes before the configuration.
#include "lint/levels.hpp"

#include "base/text.hpp"

namespace cm::lint {

void Levels::set(std::string_view rule, Level level) {
    set_.insert_or_assign(std::string{rule}, level);
}

void Levels::only(std::string_view rule) {
    only_.emplace(rule);
}

Level Levels::of(std::string_view name, Level when_on, bool is_on_by_default) const {
    if (!only_.empty() && !only_.contains(name)) return Level::off;
    auto const found = set_.find(name);
    auto const is_set = found != set_.end();
    if (!only_.empty()) return is_set && found->second != Level::off ? found->second : when_on;
    if (is_set) return found->second;
    return is_on_by_default ? when_on : Level::off;
}

Level Levels::of(Rule const& rule) const {
    return of(rule.name, rule.level, rule.is_on_by_default());
}

std::optional<Level> level_of(std::string_view text) {
    for (auto const level : {Level::off, Level::note, Level::warning, Level::error}) {
        if (word(level) == to_lower(text)) return level;
    }
    return {};
}

}  // namespace cm::lint
