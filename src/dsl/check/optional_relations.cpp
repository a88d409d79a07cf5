// A relation is optional if one of its columns is.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

void check_optionality(DataModel const& model, ForeignKeyRelation const& key,
                       Diagnostics& diagnostics) {
    auto const& from = model.models[key.from.model];
    auto const& relation = from.fields[*key.from.field];
    if (relation.arity != Arity::required) return;
    for (auto const index : key.fields) {
        auto const& field = from.fields[index];
        if (field.arity != Arity::optional) continue;
        diagnostics
            .error("CM0249", relation.type_span, "`{}` must be optional, because `{}` is",
                   path(from, *key.from.field), field.name)
            .label(field.type_span, "optional")
            .help("write `{}?`, or make `{}` required", model.models[key.to.model].name,
                  field.name);
        return;
    }
}

}  // namespace

void optional_relations(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& relation : model.relations) {
        auto const* const key = std::get_if<ForeignKeyRelation>(&relation);
        if (key != nullptr) check_optionality(model, *key, diagnostics);
    }
}

}  // namespace cm::dsl::check_rules
