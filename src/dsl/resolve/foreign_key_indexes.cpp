// `foreignKeyIndexes`: PostgreSQL does not index the columns of a foreign key by itself.
#include "dsl/resolve/resolution.hpp"

namespace cm::dsl {

namespace {

/// Whether the index finds rows by these fields: they are its first ones, in any order.
bool covers(Index const& index, std::vector<std::size_t> const& fields) {
    if (!index.predicate.empty() || index.fields.size() < fields.size()) return false;
    if (index.method != "btree" && index.method != "hash") return false;
    std::set<std::size_t> first{};
    for (std::size_t i = 0; i < fields.size(); ++i) first.insert(index.fields[i].field);
    return first == std::set<std::size_t>(fields.begin(), fields.end());
}

bool is_taken(Model const& model, std::string const& name) {
    return std::any_of(model.indexes.begin(), model.indexes.end(),
                       [&](Index const& index) { return index.database_name == name; });
}

void add_index(Model& model, ForeignKeyRelation const& relation) {
    for (auto const& index : model.indexes) {
        if (covers(index, relation.fields)) return;
    }
    Index index{};
    for (auto const field : relation.fields) {
        index.fields.push_back({field, SortOrder::ascending, {}, relation.fields_span});
    }
    auto names = columns(model, relation.fields);
    index.database_name = index_name(model.database_name, names);
    if (is_taken(model, index.database_name)) {  // by a partial index of the same columns
        names.emplace_back("fk");
        index.database_name = index_name(model.database_name, names);
    }
    index.span = relation.span;
    index.name_span = relation.span;
    model.indexes.push_back(std::move(index));
}

}  // namespace

void add_foreign_key_indexes(Resolution& resolution) {
    auto const& datasource = resolution.model.datasource;
    if (!resolution.naming.foreign_key_indexes) return;
    if (datasource && datasource->relation_mode_prisma) return;  // there are no foreign keys
    for (auto const& relation : resolution.model.relations) {
        auto const* const foreign_key = std::get_if<ForeignKeyRelation>(&relation);
        if (foreign_key == nullptr) continue;
        auto& model = resolution.model.models[foreign_key->from.model];
        if (!model.is_view) add_index(model, *foreign_key);
    }
}

}  // namespace cm::dsl
