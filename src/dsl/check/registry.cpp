// The list of rules, in the order in which they run.
#include "dsl/check/rule.hpp"
#include "dsl/dsl.hpp"

namespace cm::dsl {

namespace {

constexpr Rule rules[] = {
    check_rules::unique_criterion,
};

}  // namespace

void check(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const rule : rules) rule(model, diagnostics);
}

}  // namespace cm::dsl
