// On a one-to-one relation the foreign key is unique, and the other side may be missing.
#include "dsl/check/rule.hpp"
#include "dsl/stage.hpp"

namespace cm::dsl::check_rules {

namespace {

/// If the other side of the key is required, Prisma blames the side that holds the key if that one
/// is optional, else the one that sorts last.
bool blames_holder(DataModel const& model, ForeignKeyRelation const& key) {
    auto const& from = model.models[key.from.model];
    auto const& to = model.models[key.to.model];
    auto const& holder = from.fields[*key.from.field];
    return holder.arity == Arity::optional ||
           std::tie(from.name, holder.name) > std::tie(to.name, to.fields[*key.to.field].name);
}

/// The other side of the key is required.
void report_required(DataModel const& model, ForeignKeyRelation const& key,
                     Diagnostics& diagnostics) {
    auto const& from = model.models[key.from.model];
    auto const& to = model.models[key.to.model];
    auto const& holder = from.fields[*key.from.field];
    auto const& back = to.fields[*key.to.field];
    InStage const in_stage(Stage::last, diagnostics);
    auto const holder_is_blamed = blames_holder(model, key);
    auto& diagnostic = diagnostics.error(
        "CM0248", holder_is_blamed ? holder.name_span : back.type_span,
        "`{}` must be optional: the database cannot ensure that the other row exists",
        path(to, *key.to.field));
    if (holder_is_blamed) {
        diagnostic.label(back.type_span, "this type");
    } else {
        diagnostic.label(holder.name_span, "this side has the foreign key");
    }
    diagnostic.help("write `{}?`", from.name);
}

/// Prisma wants the fields of the key in the order of the relation here.
bool is_key_in_order(Index const& index, std::vector<std::size_t> const& fields) {
    return index.kind != IndexKind::normal &&
           std::equal(
               index.fields.begin(), index.fields.end(), fields.begin(), fields.end(),
               [](IndexField const& indexed, std::size_t field) { return indexed.field == field; });
}

void check_one_to_one(DataModel const& model, ForeignKeyRelation const& key,
                      Diagnostics& diagnostics) {
    if (key.is_list || !key.to.field) return;
    auto const& from = model.models[key.from.model];
    auto const& to = model.models[key.to.model];
    auto const& back = to.fields[*key.to.field];
    auto const is_unique =
        std::any_of(from.indexes.begin(), from.indexes.end(),
                    [&](Index const& index) { return is_key_in_order(index, key.fields); }) ||
        from.is_incomplete;
    // Without a unique key the other side cannot be known to be meant as one row.
    if (back.arity == Arity::required && (is_unique || blames_holder(model, key)))
        report_required(model, key, diagnostics);
    if (is_unique) return;
    InStage const in_stage(back.arity == Arity::required ? Stage::last : Stage::rules, diagnostics);
    auto& diagnostic = diagnostics.error(
        "CM0247", key.fields_span, "a one-to-one relation needs a unique foreign key, which {} not",
        key.fields.size() == 1 ? paths(from, key.fields) + " is"
                               : paths(from, key.fields) + " are");
    diagnostic.label(back.type_span, "this side allows only one row");
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
        if (key != nullptr) check_one_to_one(model, *key, diagnostics);
    }
}

}  // namespace cm::dsl::check_rules
