// A model becomes a table; an implicit many-to-many relation becomes its join table.
#include <algorithm>

#include "base/assert.hpp"
#include "dsl/naming.hpp"
#include "object/table/table.hpp"

namespace cm::object {
namespace {

bool is_column(dsl::Field const& field) {
    return !std::holds_alternative<dsl::ModelType>(field.type);
}

std::optional<PrimaryKey> lower_primary_key(dsl::Model const& model) {
    auto const found =
        std::find_if(model.indexes.begin(), model.indexes.end(),
                     [](dsl::Index const& i) { return i.kind == dsl::IndexKind::primary_key; });
    if (found == model.indexes.end()) {
        return {};
    }
    PrimaryKey key{found->database_name, {}};
    for (auto const& field : found->fields) {
        key.columns.push_back(model.fields.at(field.field).database_name);
    }
    return key;
}

/// Column A or B: the type of the key it refers to, always required.
Column join_column(std::string name, dsl::RelationEnd const& end, dsl::DataModel const& model,
                   std::string_view default_schema) {
    auto const& target = model.models.at(end.model);
    CM_ASSERT(!target.indexes.empty() && target.indexes.front().fields.size() == 1);
    auto const& id = target.fields.at(target.indexes.front().fields.front().field);
    return {.name = std::move(name), .type = lower_type(id, model, default_schema)};
}

}  // namespace

std::string schema_of(dsl::Model const& model, std::string_view default_schema) {
    return model.database_schema.empty() ? std::string{default_schema} : model.database_schema;
}

Table lower(dsl::Model const& declaration, dsl::DataModel const& model,
            std::string_view default_schema) {
    Table table{};
    table.name = {schema_of(declaration, default_schema), declaration.database_name};
    table.origin.span = declaration.name_span;
    table.columns.reserve(declaration.fields.size());
    for (auto const& field : declaration.fields) {
        if (is_column(field)) {
            table.columns.push_back(lower(field, model, default_schema));
        }
    }
    table.primary_key = lower_primary_key(declaration);
    if (declaration.former_names) table.former_names = lower(*declaration.former_names);
    return table;
}

Table lower(dsl::JoinTableRelation const& relation, dsl::DataModel const& model,
            std::string_view default_schema) {
    Table table{};
    table.name = {schema_of(model.models.at(relation.a.model), default_schema),
                  relation.table_name};
    table.columns.push_back(join_column("A", relation.a, model, default_schema));
    table.columns.push_back(join_column("B", relation.b, model, default_schema));
    // Prisma 6 gives the pair a primary key; version 5 made a unique index (`_AToB_AB_unique`),
    // which stays as it is.
    table.primary_key =
        PrimaryKey{dsl::join_table_primary_key_name(relation.table_name), {"A", "B"}};
    return table;
}

}  // namespace cm::object
