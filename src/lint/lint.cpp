// Statement by statement, so that rules see the catalog as it is before each.
#include "lint/lint.hpp"

#include <algorithm>

#include "lint/custom_rule.hpp"
#include "lint/registry.hpp"
#include "lint/suppression.hpp"

namespace cm::lint {
namespace {

/// Of two rules that say the same of a place the one that says more counts.
void leave_out_repeated(std::vector<Finding>& findings) {
    auto const says_more = [&](Finding const& finding) {
        auto const* const rule = find_rule(finding.rule);
        return rule != nullptr && !rule->gives_way_to.empty() &&
               std::any_of(findings.begin(), findings.end(), [&](Finding const& other) {
                   return other.span == finding.span &&
                          rule->gives_way_to.find(other.rule) != std::string_view::npos;
               });
    };
    std::vector<Finding> kept{};
    for (auto const& finding : findings) {
        if (!says_more(finding)) kept.push_back(finding);
    }
    findings = std::move(kept);
}

}  // namespace

std::vector<Finding> lint(Script const& script, Conditions const& conditions, Levels const& levels,
                          Catalog& catalog, std::vector<CustomRule> const& custom) {
    Report report(script, conditions, catalog);
    std::vector<std::pair<Rule const*, Level>> active{};
    for (auto const* const rule : all_rules()) {
        auto const level = levels.of(*rule);
        if (level != Level::off && rule->check != nullptr) active.emplace_back(rule, level);
    }
    for (auto const& statement : script.statements()) {
        for (auto const& [rule, level] : active) {
            report.begin(*rule, level);
            rule->check(statement, report);
        }
        catalog.follow(statement);
    }
    auto findings = report.take();
    leave_out_repeated(findings);
    run_custom_rules(script, custom, levels, findings);
    apply_suppressions(script, levels, findings);
    sort(findings);
    return findings;
}

}  // namespace cm::lint
