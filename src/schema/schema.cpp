// See schema.hpp.
#include "schema/schema.hpp"

#include <algorithm>

namespace cm::schema {

namespace {

void note_heir(Schema& schema, object::Table const& table, sql::QualifiedName const& heir) {
    for (auto const& name : table.parents) {
        auto* const parent = schema.tables.find(name);
        if (parent == nullptr) continue;
        parent->heirs.push_back(heir);
        note_heir(schema, *parent, heir);
    }
}

}  // namespace

void note_heirs(Schema& schema) {
    std::vector<sql::QualifiedName> names{};
    for (auto const& [name, table] : schema.tables) names.push_back(name);
    for (auto const& name : names) schema.tables.find(name)->heirs.clear();
    for (auto const& name : names) note_heir(schema, *schema.tables.find(name), name);
}

std::vector<sql::QualifiedName> ancestors(std::vector<sql::QualifiedName> const& parents,
                                          Schema const& side) {
    std::vector<sql::QualifiedName> all{};
    auto const add = [&](sql::QualifiedName const& name) {
        if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
    };
    for (auto const& name : parents) {
        auto const* const parent = side.tables.find(name);
        if (parent == nullptr) continue;
        add(name);
        for (auto const& more : ancestors(parent->parents, side)) add(more);
    }
    return all;
}

bool is_named_join_table(object::Table const& table) {
    return table.name.name.starts_with('_') && table.columns.size() == 2 &&
           find_column(table, "A") != nullptr && find_column(table, "B") != nullptr;
}

Schema empty(std::string_view default_schema) {
    Schema schema{};
    schema.namespaces.add({.name = std::string{default_schema}});
    return schema;
}

}  // namespace cm::schema
