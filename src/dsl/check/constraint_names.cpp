// Names of keys and indexes: one namespace per database schema, another one per table together with
// foreign keys.
#include <unordered_map>

#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

struct Owned {
    std::size_t model{};
    Span span{};
};

struct Named {
    Span span{};
    bool is_constraint{};  ///< a foreign or primary key, not just an index
};

using Names = std::map<std::string_view, Named>;

void report(std::string_view name, Span blamed, Span other, Diagnostics& diagnostics) {
    diagnostics.error("CM0262", blamed, "two constraints or indexes would be named `{}`", name)
        .label(other, "the other one")
        .help("remove one of them, or give it another name with `map: \"…\"`");
}

bool is_before(Span first, Span second) {
    return std::tie(first.file, first.begin) < std::tie(second.file, second.begin);
}

using Keys = std::vector<ForeignKeyRelation const*>;

/// The foreign keys of each model.
std::vector<Keys> keys_by_owner(DataModel const& model) {
    std::vector<Keys> keys(model.models.size());
    for (auto const& relation : model.relations) {
        auto const* const key = std::get_if<ForeignKeyRelation>(&relation);
        if (key != nullptr) keys[key->from.model].push_back(key);
    }
    return keys;
}

void check_foreign_keys(Keys const& keys, Names& names, Diagnostics& diagnostics) {
    for (auto const* const key : keys) {
        auto const [first, is_new] = names.emplace(key->database_name, Named{key->name_span, true});
        if (is_new) continue;
        auto const other = first->second.span;
        if (first->second.is_constraint && is_before(other, key->name_span)) {
            report(key->database_name, other, key->name_span, diagnostics);
        } else {
            report(key->database_name, key->name_span, other, diagnostics);
        }
    }
}

}  // namespace

void constraint_names(DataModel const& model, Diagnostics& diagnostics) {
    auto const keys = keys_by_owner(model);
    // By schema, of which there are few, and name, of which there are many.
    std::map<std::string_view, std::unordered_map<std::string_view, Owned>> global{};
    for (std::size_t i = 0; i < model.models.size(); ++i) {
        auto const& owner = model.models[i];
        Names local{};
        auto& of_schema = global[owner.database_schema];
        for (auto const& index : owner.indexes) {
            if (owner.is_view && !index.is_mapped) continue;  // it does not exist
            auto const [first, is_new] =
                of_schema.emplace(index.database_name, Owned{i, index.name_span});
            // Tables of the same name have keys of the same name; table_names reports the cause.
            auto const& other = model.models[first->second.model];
            auto const is_consequence = first->second.model != i &&
                                        other.database_name == owner.database_name &&
                                        !index.is_mapped;
            if (!is_new && !is_consequence) {
                auto const [blamed, second] = is_before(index.name_span, first->second.span)
                                                  ? std::pair(index.name_span, first->second.span)
                                                  : std::pair(first->second.span, index.name_span);
                report(index.database_name, blamed, second, diagnostics);
            }
            local.emplace(index.database_name,
                          Named{index.name_span, index.kind == IndexKind::primary_key});
        }
        check_foreign_keys(keys[i], local, diagnostics);
    }
}

}  // namespace cm::dsl::check_rules
