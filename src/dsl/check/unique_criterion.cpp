// A model needs a key: without one its rows cannot be told apart.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

bool identifies_rows(Model const& model, Index const& index) {
    return index.kind != IndexKind::normal &&
           std::all_of(index.fields.begin(), index.fields.end(), [&](IndexField const& indexed) {
               auto const& field = model.fields[indexed.field];
               return field.arity != Arity::optional &&
                      !std::holds_alternative<UnsupportedType>(field.type);
           });
}

bool is_unsupported_key(Model const& model) {
    auto const& fields = model.indexes.front().fields;
    return std::any_of(fields.begin(), fields.end(), [&](IndexField const& indexed) {
        return std::holds_alternative<UnsupportedType>(model.fields[indexed.field].type);
    });
}

}  // namespace

void unique_criterion(DataModel const& data_model, Diagnostics& diagnostics) {
    for (auto const& model : data_model.models) {
        if (model.is_view || model.is_ignored || model.is_incomplete) continue;
        auto const has_key =
            std::any_of(model.indexes.begin(), model.indexes.end(),
                        [&](Index const& index) { return identifies_rows(model, index); });
        auto const has_primary_key =
            !model.indexes.empty() && model.indexes.front().kind == IndexKind::primary_key;
        if (has_key || (has_primary_key && !is_unsupported_key(model)))
            continue;  // key_fields has said it
        auto& diagnostic = diagnostics.error(
            "CM0218", model.name_span, "`{}` has no key that identifies its rows", model.name);
        for (auto const& index : model.indexes) {
            if (index.kind != IndexKind::normal)
                diagnostic.label(index.span, "does not count: a field of it is not required");
        }
        diagnostic.help(
            "mark a required field with `@id` or `@unique`, or add `@@id([…])` or `@@unique([…])`");
    }
}

}  // namespace cm::dsl::check_rules
