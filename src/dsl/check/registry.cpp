// The lists of rules, in the order in which they run. Those of the first stand with what is found
// while reading.
#include "dsl/check/rule.hpp"
#include "dsl/dsl.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl {

namespace {

constexpr Rule rules_of_reading[] = {
    check_rules::reserved_names,         check_rules::enum_values,  check_rules::key_fields,
    check_rules::known_preview_features, check_rules::column_names,
};

constexpr Rule rules[] = {
    check_rules::preview_features,
    check_rules::unique_criterion,
    check_rules::table_names,
    check_rules::enum_names,
    check_rules::constraint_names,
    check_rules::relation_names,
    check_rules::name_lengths,
    check_rules::client_names,
    check_rules::index_types,
    check_rules::unsupported_types,
    check_rules::operator_classes,
    check_rules::index_columns,
    check_rules::schemas,
    check_rules::views,
    check_rules::ignored_fields,
    check_rules::relation_types,
    check_rules::relation_target,
    check_rules::one_to_one,
    check_rules::optional_relations,
    check_rules::set_null,
    check_rules::relation_mode,
    check_rules::former_names,
};

}  // namespace

void check(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const rule : rules_of_reading) rule(model, diagnostics);
    InStage const in_stage(Stage::rules, diagnostics);
    for (auto const rule : rules) rule(model, diagnostics);
}

}  // namespace cm::dsl
