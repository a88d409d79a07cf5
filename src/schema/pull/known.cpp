// See known.hpp.
#include "schema/pull/known.hpp"

namespace cm::schema {

sql::QualifiedName Known::qualified(std::string const& schema, std::string const& name) const {
    return {schema.empty() ? default_schema_ : schema, name};
}

sql::QualifiedName Known::table_of(dsl::Model const& model) const {
    return qualified(model.database_schema, model.database_name);
}

std::optional<std::size_t> Known::model_of(sql::QualifiedName const& table) const {
    for (std::size_t i = 0; i < model_.models.size(); ++i) {
        if (table_of(model_.models[i]) == table) return i;
    }
    return {};
}

std::optional<std::size_t> Known::enum_of(sql::QualifiedName const& type) const {
    for (std::size_t i = 0; i < model_.enums.size(); ++i) {
        auto const& it = model_.enums[i];
        if (qualified(it.database_schema, it.database_name) == type) return i;
    }
    return {};
}

std::optional<std::size_t> Known::field_of(std::size_t model, std::string_view column) const {
    auto const& fields = model_.models.at(model).fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!fields[i].database_name.empty() && fields[i].database_name == column) return i;
    }
    return {};
}

std::optional<std::size_t> Known::relation_of(object::ForeignKey const& key) const {
    std::optional<std::size_t> similar{};
    for (std::size_t i = 0; i < model_.relations.size(); ++i) {
        auto const* const relation = std::get_if<dsl::ForeignKeyRelation>(&model_.relations[i]);
        if (relation == nullptr) continue;
        auto const declared = object::lower(*relation, model_, default_schema_);
        if (declared.name.table != key.name.table || declared.columns != key.columns ||
            declared.referenced_table != key.referenced_table ||
            declared.referenced_columns != key.referenced_columns) {
            continue;
        }
        if (declared.name.name == key.name.name) return i;
        if (!similar) similar = i;
    }
    return similar;
}

std::optional<std::size_t> Known::join_relation_of(sql::QualifiedName const& table) const {
    for (std::size_t i = 0; i < model_.relations.size(); ++i) {
        auto const* const relation = std::get_if<dsl::JoinTableRelation>(&model_.relations[i]);
        if (relation == nullptr) continue;
        auto const& model = model_.models.at(relation->a.model);
        if (qualified(model.database_schema, relation->table_name) == table) return i;
    }
    return {};
}

}  // namespace cm::schema
