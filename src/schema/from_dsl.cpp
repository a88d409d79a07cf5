// See from_dsl.hpp: each kind lowers its own declarations, this file only hands them out.
#include "schema/from_dsl.hpp"

#include <algorithm>

#include "schema/conditions.hpp"
#include "schema/extension_types.hpp"

namespace cm::schema {
namespace {

/// Numbers the objects as they are lowered: the order of output.
class Numbering {
  public:
    template <class T>
    T numbered(T object) {
        object.origin.order = ++last_;
        return object;
    }

  private:
    std::uint32_t last_{};
};

void add_namespace(Schema& schema, std::string const& name) {
    schema.namespaces.add({.name = name});
}

void lower_relation(dsl::ForeignKeyRelation const& relation, dsl::DataModel const& model,
                    std::string_view default_schema, Numbering& number, Schema& schema) {
    auto const is_view = [&](dsl::RelationEnd const& end) {
        return model.models.at(end.model).is_view;
    };
    if (is_view(relation.from) || is_view(relation.to)) {
        return;
    }
    schema.foreign_keys.add(number.numbered(object::lower(relation, model, default_schema)));
}

void lower_relation(dsl::JoinTableRelation const& relation, dsl::DataModel const& model,
                    std::string_view default_schema, bool foreign_keys, Numbering& number,
                    Schema& schema) {
    schema.tables.add(number.numbered(object::lower(relation, model, default_schema)));
    schema.indexes.add(number.numbered(object::lower_index(relation, model, default_schema)));
    if (!foreign_keys) {
        return;
    }
    for (auto& key : object::lower_foreign_keys(relation, model, default_schema)) {
        schema.foreign_keys.add(number.numbered(std::move(key)));
    }
}

/// Nothing, where the datasource lists other schemas than the default one.
Schema start(dsl::DataModel const& model, std::string_view default_schema) {
    if (!model.datasource || model.datasource->schemas.empty()) return empty(default_schema);
    auto const& listed = model.datasource->schemas;
    auto const has_default = std::find(listed.begin(), listed.end(), default_schema);
    return has_default == listed.end() ? Schema{} : empty(default_schema);
}

/// In Prisma's order: that of the fields on the side of column A.
std::vector<dsl::JoinTableRelation const*> join_tables(dsl::DataModel const& model) {
    std::vector<dsl::JoinTableRelation const*> joins{};
    for (auto const& relation : model.relations) {
        auto const* const join = std::get_if<dsl::JoinTableRelation>(&relation);
        if (join != nullptr) {
            joins.push_back(join);
        }
    }
    auto const place = [](dsl::JoinTableRelation const* join) {
        return std::pair(join->a.model, join->a.field);
    };
    std::stable_sort(joins.begin(), joins.end(),
                     [&](auto const* x, auto const* y) { return place(x) < place(y); });
    return joins;
}

}  // namespace

Schema from_dsl(dsl::DataModel const& model, std::string_view default_schema) {
    auto schema = start(model, default_schema);
    Numbering number{};
    // relationMode = "prisma": the client keeps the relations, the database has no foreign keys.
    auto const foreign_keys = !model.datasource || !model.datasource->relation_mode_prisma;
    if (model.datasource) {
        for (auto& extension : object::lower_extensions(*model.datasource)) {
            if (!extension.schema.empty()) add_namespace(schema, extension.schema);
            schema.extensions.add(number.numbered(std::move(extension)));
        }
    }
    for (auto const& declaration : model.enums) {
        auto object = number.numbered(object::lower(declaration, default_schema));
        add_namespace(schema, object.name.schema);
        schema.enums.add(std::move(object));
    }
    for (auto const& declaration : model.models) {
        if (declaration.is_view) {
            continue;
        }  // a view's query is not in the schema language: nothing to make
        auto table = number.numbered(object::lower(declaration, model, default_schema));
        add_namespace(schema, table.name.schema);
        schema.tables.add(std::move(table));
        for (auto& index : object::lower_indexes(declaration, default_schema)) {
            schema.indexes.add(number.numbered(std::move(index)));
        }
    }
    for (auto const& relation : model.relations) {
        auto const* const key = std::get_if<dsl::ForeignKeyRelation>(&relation);
        if (key != nullptr && foreign_keys) {
            lower_relation(*key, model, default_schema, number, schema);
        }
    }
    for (auto const* const join : join_tables(model)) {
        lower_relation(*join, model, default_schema, foreign_keys, number, schema);
    }
    read_conditions(schema);
    auto const places = places_of(schema.extensions);
    return with_places(std::move(schema), places, default_schema);
}

}  // namespace cm::schema
