// Names of keys and indexes: one namespace per database schema, another one per table together with
// foreign keys.
#include "dsl/check/rule.hpp"

namespace cm::dsl::check_rules {

namespace {

struct Owned {
    std::size_t model{};
    Span span{};
};

using Names = std::map<std::string_view, Span>;

void report(std::string_view name, Span span, Span first, Diagnostics& diagnostics) {
    diagnostics.error("CM0262", first, "two constraints or indexes would be called `{}`", name)
        .label(span, "the other one")
        .help("remove one of them, or give it another name with `map: \"…\"`");
}

void check_foreign_keys(DataModel const& model, std::size_t owner, Names& names,
                        Diagnostics& diagnostics) {
    if (model.datasource && model.datasource->relation_mode_prisma) return;
    for (auto const& relation : model.relations) {
        auto const* const key = std::get_if<ForeignKeyRelation>(&relation);
        if (key == nullptr || key->from.model != owner) continue;
        auto const [first, is_new] = names.emplace(key->database_name, key->name_span);
        if (!is_new) report(key->database_name, key->name_span, first->second, diagnostics);
    }
}

}  // namespace

void constraint_names(DataModel const& model, Diagnostics& diagnostics) {
    std::map<std::pair<std::string_view, std::string_view>, Owned> global{};
    for (std::size_t i = 0; i < model.models.size(); ++i) {
        auto const& owner = model.models[i];
        Names local{};
        for (auto const& index : owner.indexes) {
            auto const key = std::pair<std::string_view, std::string_view>(owner.database_schema,
                                                                           index.database_name);
            auto const [first, is_new] = global.emplace(key, Owned{i, index.name_span});
            // Tables of the same name have keys of the same name; table_names reports the cause.
            auto const& other = model.models[first->second.model];
            auto const is_consequence = first->second.model != i &&
                                        other.database_name == owner.database_name &&
                                        !index.is_mapped;
            if (!is_new && !is_consequence) {
                report(index.database_name, index.name_span, first->second.span, diagnostics);
            }
            local.emplace(index.database_name, index.name_span);
        }
        check_foreign_keys(model, i, local, diagnostics);
    }
}

}  // namespace cm::dsl::check_rules
