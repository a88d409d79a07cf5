// See existing_schema.hpp.
#include "schema/pull/existing_schema.hpp"

namespace cm::schema {
namespace {

template <class Value>
std::optional<Value> found_in(std::map<sql::QualifiedName, Value> const& map,
                              sql::QualifiedName const& name) {
    auto const found = map.find(name);
    if (found == map.end()) return {};
    return found->second;
}

/// The one column of the table's primary key.
object::Column const* key_column(object::Table const* table) {
    if (table == nullptr || !table->primary_key || table->primary_key->columns.size() != 1)
        return nullptr;
    return find_column(*table, table->primary_key->columns.front());
}

/// Without foreign keys the types of the columns tell which side each is on, if they differ.
bool is_crossed_by_types(object::Table const* join, object::Table const* a,
                         object::Table const* b) {
    auto const *const key_a = key_column(a), *const key_b = key_column(b);
    if (join == nullptr || key_a == nullptr || key_b == nullptr) return false;
    auto const *const column_a = find_column(*join, "A"), *const column_b = find_column(*join, "B");
    return column_a != nullptr && column_b != nullptr && !(column_a->type == key_a->type) &&
           column_a->type == key_b->type && column_b->type == key_a->type;
}

}  // namespace

ExistingSchema::ExistingSchema(dsl::DataModel const& model, std::string const& default_schema)
    : model_(model), default_schema_(default_schema) {
    for (std::size_t i = 0; i < model.models.size(); ++i) {
        models_.emplace(table_of(model.models[i]), i);
    }
    for (std::size_t i = 0; i < model.enums.size(); ++i) {
        enums_.emplace(qualified(model.enums[i].database_schema, model.enums[i].database_name), i);
    }
    for (std::size_t i = 0; i < model.relations.size(); ++i) add_relation(i);
}

void ExistingSchema::add_relation(std::size_t index) {
    auto const& relation = model_.relations[index];
    if (auto const* const key = std::get_if<dsl::ForeignKeyRelation>(&relation)) {
        relations_[table_of(model_.models.at(key->from.model))].push_back(index);
        return;
    }
    auto const& join = std::get<dsl::JoinTableRelation>(relation);
    joins_.emplace(qualified(model_.models.at(join.a.model).database_schema, join.table_name),
                   index);
}

sql::QualifiedName ExistingSchema::qualified(std::string const& schema,
                                             std::string const& name) const {
    return {schema.empty() ? default_schema_ : schema, name};
}

sql::QualifiedName ExistingSchema::table_of(dsl::Model const& model) const {
    return qualified(model.database_schema, model.database_name);
}

std::optional<std::size_t> ExistingSchema::model_of(sql::QualifiedName const& table) const {
    return found_in(models_, table);
}

std::optional<std::size_t> ExistingSchema::enum_of(sql::QualifiedName const& type) const {
    return found_in(enums_, type);
}

std::optional<std::size_t> ExistingSchema::field_of(std::size_t model,
                                                    std::string_view column) const {
    auto const& fields = model_.models.at(model).fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!fields[i].database_name.empty() && fields[i].database_name == column) return i;
    }
    return {};
}

std::optional<std::size_t> ExistingSchema::relation_of(object::ForeignKey const& key) const {
    auto const candidates = found_in(relations_, key.name.table);
    std::optional<std::size_t> similar{};
    for (auto const i : candidates.value_or(std::vector<std::size_t>{})) {
        auto const& relation = std::get<dsl::ForeignKeyRelation>(model_.relations[i]);
        auto const declared = object::lower(relation, model_, default_schema_);
        if (declared.columns != key.columns || declared.referenced_table != key.referenced_table ||
            declared.referenced_columns != key.referenced_columns) {
            continue;
        }
        if (declared.name.name == key.name.name) return i;
        if (!similar) similar = i;
    }
    return similar;
}

std::optional<std::size_t> ExistingSchema::join_relation_of(sql::QualifiedName const& table,
                                                            Schema const& actual) const {
    auto const found = found_in(joins_, table);
    if (!found) return {};
    auto const& relation = std::get<dsl::JoinTableRelation>(model_.relations[*found]);
    auto const a = table_of(model_.models.at(relation.a.model));
    auto const b = table_of(model_.models.at(relation.b.model));
    auto const leads_elsewhere = [&](object::ForeignKey const& key) {
        return key.columns.size() == 1 &&
               key.referenced_table != (key.columns.front() == "A" ? a : b);
    };
    for (auto const& [name, key] : actual.foreign_keys) {
        if (name.table == table && leads_elsewhere(key)) return {};
    }
    if (is_crossed_by_types(actual.tables.find(table), actual.tables.find(a),
                            actual.tables.find(b))) {
        return {};
    }
    auto const exist = actual.tables.find(a) != nullptr && actual.tables.find(b) != nullptr;
    return exist ? found : std::nullopt;
}

}  // namespace cm::schema
