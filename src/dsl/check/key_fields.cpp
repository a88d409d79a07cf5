// What a primary key may consist of.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

void check_key_field(Model const& owner, IndexField const& indexed, Diagnostics& diagnostics) {
    auto const& field = owner.fields[indexed.field];
    if (field.arity == Arity::required) return;
    diagnostics
        .error("CM0220", indexed.span, "`{}` cannot be part of a primary key: it is {}",
               path(owner, indexed.field), field.arity == Arity::list ? "a list" : "optional")
        .label(field.type_span, "this is its type")
        .help("make it required, or use `@unique` instead");
}

}  // namespace

void key_fields(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& owner : model.models) {
        if (owner.is_ignored) continue;  // no client will read it
        for (auto const& index : owner.indexes) {
            if (index.kind != IndexKind::primary_key) continue;
            for (auto const& indexed : index.fields) check_key_field(owner, indexed, diagnostics);
        }
    }
}

}  // namespace cm::dsl::check_rules
