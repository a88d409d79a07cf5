// A foreign key refers to fields that are unique together.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

void check_target(DataModel const& model, UniqueKeys const& unique_keys,
                  ForeignKeyRelation const& key, Diagnostics& diagnostics) {
    auto const& to = model.models[key.to.model];
    if (to.is_incomplete) return;
    auto const is_unique = unique_keys.contain(key.to.model, key.references);
    if (is_unique) return;
    auto& diagnostic = diagnostics.error(
        "CM0246", key.references_span, "{} cannot be the target of a relation: {} not unique",
        paths(to, key.references), key.references.size() == 1 ? "it is" : "they are");
    for (auto const reference : key.references)
        diagnostic.label(to.fields[reference].name_span, "declared here");
    if (key.references.size() == 1) {
        diagnostic.help("add `@unique` to `{}`", path(to, key.references.front()));
    } else {
        diagnostic.help("add `@@unique` with these fields to `{}`", to.name);
    }
}

}  // namespace

void relation_target(DataModel const& model, Diagnostics& diagnostics) {
    UniqueKeys const unique_keys(model);
    for (auto const& relation : model.relations) {
        auto const* const key = std::get_if<ForeignKeyRelation>(&relation);
        if (key != nullptr) check_target(model, unique_keys, *key, diagnostics);
    }
}

}  // namespace cm::dsl::check_rules
