// The list of rules, in the order in which they run.
#include "dsl/check/rule.hpp"
#include "dsl/dsl.hpp"

namespace cm::dsl {

namespace {

constexpr Rule rules[] = {
    check_rules::reserved_names, check_rules::enum_values,
    check_rules::key_fields,     check_rules::unique_criterion,
    check_rules::table_names,    check_rules::column_names,
    check_rules::enum_names,     check_rules::constraint_names,
    check_rules::name_lengths,   check_rules::client_names,
    check_rules::index_types,    check_rules::schemas,
    check_rules::views,          check_rules::ignored_fields,
    check_rules::relation_types, check_rules::relation_target,
    check_rules::one_to_one,     check_rules::optional_relations,
    check_rules::set_null,
};

}  // namespace

void check(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const rule : rules) rule(model, diagnostics);
}

}  // namespace cm::dsl
