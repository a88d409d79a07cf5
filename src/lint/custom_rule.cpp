// Patterns look at words alone, so that they work for statements that the parser refuses.
#include "lint/custom_rule.hpp"

#include "sql/word_pattern.hpp"

namespace cm::lint {

void run_custom_rules(Script const& script, std::vector<CustomRule> const& rules,
                      Levels const& levels, std::vector<Finding>& findings) {
    for (auto const& rule : rules) {
        auto const level = levels.of(rule.name, rule.level, true);
        if (level == Level::off) continue;
        for (auto const& statement : script.statements()) {
            if (!sql::matches_words(statement.text, rule.pattern)) continue;
            findings.push_back({.rule = rule.name,
                                .code = custom_rule_code,
                                .level = level,
                                .span = {script.file(), statement.place.begin, statement.place.end},
                                .message = rule.message,
                                .help = rule.help});
        }
    }
}

}  // namespace cm::lint
