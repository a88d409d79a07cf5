// On a one-to-one relation the foreign key is unique, and the other side may be missing.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

void check_key(DataModel const& model, ForeignKeyRelation const& key, Diagnostics& diagnostics) {
    if (key.is_list || !key.to.field) return;
    auto const& from = model.models[key.from.model];
    auto const& to = model.models[key.to.model];
    auto const& back = to.fields[*key.to.field];
    if (back.arity == Arity::required) {
        diagnostics
            .error("CM0248", back.type_span,
                   "`{}` must be optional: the database cannot ensure that the other row exists",
                   path(to, *key.to.field))
            .label(from.fields[*key.from.field].name_span, "this side holds the key")
            .help("write `{}?`", from.name);
    }
    auto const is_unique =
        std::any_of(from.indexes.begin(), from.indexes.end(),
                    [&](Index const& index) { return is_key_of(index, key.fields); });
    if (is_unique || from.is_incomplete) return;
    auto& diagnostic = diagnostics.error(
        "CM0247", key.fields_span, "a one-to-one relation needs a unique foreign key, which {} not",
        key.fields.size() == 1 ? paths(from, key.fields) + " is"
                               : paths(from, key.fields) + " are");
    diagnostic.label(back.type_span, "this side allows one row only");
    if (key.fields.size() == 1) {
        diagnostic.help("add `@unique` to `{}`, or make the other side a list: `{}[]`",
                        path(from, key.fields.front()), from.name);
    } else {
        diagnostic.help(
            "add `@@unique` with these fields to `{0}`, or make the other side a list: `{0}[]`",
            from.name);
    }
}

}  // namespace

void one_to_one(DataModel const& model, Diagnostics& diagnostics) {
    for (auto const& relation : model.relations) {
        auto const* const key = std::get_if<ForeignKeyRelation>(&relation);
        if (key != nullptr) check_key(model, *key, diagnostics);
    }
}

}  // namespace cm::dsl::check_rules
