// See renamed.hpp.
#include "schema/renamed.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "object/table/sequence.hpp"
#include "schema/name_changes.hpp"
#include "sql/query_outputs.hpp"

namespace cm::schema {
namespace {

/// Each object changed by the function, under the key that it has then.
template <class T, class Function>
void change_all(Objects<T>& objects, Function function) {
    Objects<T> changed{};
    for (auto const& [name, object] : objects) {
        auto copy = object;
        function(copy);
        changed.add(std::move(copy));
    }
    objects = std::move(changed);
}

/// A column is named without its table only by what is the table's own. What a view calls its
/// columns stays, and the rest of its text is PostgreSQL's to print.
bool can_name(object::Definition const& definition, ColumnChange const& change) {
    auto const& id = definition.id;
    auto const is_member = id.kind == ObjectKind::constraint || id.kind == ObjectKind::trigger ||
                           id.kind == ObjectKind::policy || id.kind == ObjectKind::rule;
    auto const& owner = definition.owned_by;
    return (is_member && id.name == change.table) || (owner && owner->name == change.table);
}

template <class Change>
bool can_name(object::Definition const& /*definition*/, Change const& /*change*/) {
    return true;
}

/// In a query a relation may stand before the full stop of a column, and so it may in what is its
/// own. PostgreSQL prints what a view reads under the new name, and what it gives back as before.
void follow_in_query(object::Definition& definition, RelationChange const& change) {
    auto const qualifiers = sql::qualifiers_of(definition.text, change.from);
    auto const is_own = definition.id.name == change.from && definition.definition_kind->is_member;
    if (is_own ||
        std::find(qualifiers.begin(), qualifiers.end(), change.from.name) != qualifiers.end()) {
        definition.text =
            sql::with_renamed_qualifier(definition.text, change.from.name, change.to.name);
    }
}

void follow_in_query(object::Definition& definition, ColumnChange const& change) {
    auto const& kind = *definition.definition_kind;
    if (!kind.is_query) return;
    auto const qualifiers = sql::qualifiers_of(definition.text, change.table);
    if (qualifiers.empty()) return;
    auto const text = sql::with_renamed_column(definition.text, change.table, change.column.from,
                                               change.column.to, qualifiers);
    definition.text = sql::with_output_names(text, kind.part_names(definition));
}

template <class Change>
void follow_in_query(object::Definition& /*definition*/, Change const& /*change*/) {}

template <class Change>
void follow(Schema& schema, Change const& change) {
    auto const follow_uses = [&](auto& object) {
        if constexpr (requires { object.uses; }) {
            for (auto& used : object.uses) change.apply(used);
        }
    };
    auto const follow_one = [&](auto& object) {
        change.apply(object);
        follow_uses(object);
    };
    change_all(schema.enums, follow_one);
    change_all(schema.tables, [&](object::Table& table) {
        follow_one(table);
        for (auto& use : table.column_uses) change.apply(use.on);
    });
    change_all(schema.indexes, follow_one);
    change_all(schema.foreign_keys, follow_one);
    change_all(schema.definitions, [&](object::Definition& definition) {
        follow_uses(definition);
        follow_in_query(definition, change);
        change.apply(definition.id);
        if (definition.owned_by) change.apply(*definition.owned_by);
        if (!can_name(definition, change)) return;
        // What is attached is called after what it is on.
        if (definition.definition_kind->is_attached) change.apply(definition.id.name.name);
        change.apply(definition.address);
        change.apply(definition.text);
        for (auto& line : definition.shape) change.apply(line);
        for (auto& fact : definition.facts) change.apply(fact.second);
    });
}

void rename_sequence(Schema& schema, RenameTable const& step, NameChange const& change) {
    QualifiedName const from{step.to.schema, change.from}, to{step.to.schema, change.to};
    auto* const table = schema.tables.find(step.to);
    for (auto& column : table->columns) {
        if (column.default_value) {
            auto* const numbers = std::get_if<object::AutoIncrement>(&*column.default_value);
            if (numbers != nullptr && numbers->sequence) replace_name(*numbers->sequence, from, to);
        }
        if (column.details && column.details->sequence)
            replace_name(column.details->sequence->name, from, to);
    }
}

/// The name of a NOT NULL is left out where it is the one that PostgreSQL makes of the table's and
/// the column's, which change.
void follow_required_names(RenameTable const& step, object::Table& table) {
    for (auto& column : table.columns) {
        if (!column.details || !column.details->has_required_constraint) continue;
        auto now = column;
        for (auto const& change : step.columns) replace_name(now.name, change);
        auto& kept = column.details->required_name;
        auto name = kept.empty() ? object::made_name(step.from.name, column, "not_null") : kept;
        for (auto const& change : step.constraints) replace_name(name, change);
        kept = name == object::made_name(step.to, now, "not_null") ? "" : name;
    }
}

void apply(RenameTable const& step, Schema& schema) {
    if (auto* const table = schema.tables.find(step.from.name)) follow_required_names(step, *table);
    if (step.from.name != step.to) {
        auto const is_moved = step.from.name.schema != step.to.schema;
        follow(schema, RelationChange{step.from.name, step.to});
        if (is_moved) {
            for (auto& column : schema.tables.find(step.to)->columns) {
                if (column.details && column.details->sequence)
                    column.details->sequence->name.schema = step.to.schema;
                if (!column.default_value) continue;
                auto* const numbers = std::get_if<object::AutoIncrement>(&*column.default_value);
                if (numbers != nullptr && numbers->sequence)
                    numbers->sequence->schema = step.to.schema;
            }
        }
    }
    auto const heirs = schema.tables.find(step.to)->heirs;
    for (auto const& column : step.columns) {
        follow(schema, ColumnChange{step.to, column});
        // The statement for the parent's column renames theirs.
        for (auto const& heir : heirs) follow(schema, ColumnChange{heir, column});
    }
    for (auto const& sequence : step.sequences) rename_sequence(schema, step, sequence);
}

void apply(RenameEnum const& step, Schema& schema) {
    if (step.from.name != step.to) follow(schema, TypeChange{step.from.name, step.to});
    if (step.values.empty()) return;
    ValueChange change{.type = step.to};
    for (auto const& [name, table] : schema.tables) {
        for (auto const& column : table.columns) {
            if (column.type.name == step.to) change.columns[name].insert(column.name);
        }
    }
    for (auto const& value : step.values) {
        change.value = value;
        follow(schema, change);
    }
}

void apply(RenameDefinition const& step, Schema& schema) {
    auto const& before = step.from.id;
    auto const& now = step.to.id;
    if (before != now) {
        if (now.kind == ObjectKind::enum_) {
            follow(schema, TypeChange{before.name, now.name});
        } else if (now.kind == ObjectKind::routine) {
            follow(schema, RoutineChange{before.name, now.name});
        } else {
            follow(schema, RelationChange{before.name, now.name});
        }
    }
    auto* definition = schema.definitions.find(now);
    if (definition == nullptr) return;
    for (auto const& part : step.parts) {
        definition->definition_kind->rename_part(*definition, part.from, part.to);
        if (now.kind == ObjectKind::table) follow(schema, ColumnChange{now.name, part});
        definition = schema.definitions.find(now);
    }
}

void apply(RenameNamespace const& step, Schema& schema) {
    follow(schema, NamespaceChange{step.from.name, step.to});
    change_all(schema.namespaces, [&](object::Namespace& space) {
        if (space.name == step.from.name) space.name = step.to;
    });
    change_all(schema.extensions, [&](object::Extension& extension) {
        if (extension.schema == step.from.name) extension.schema = step.to;
    });
}

}  // namespace

Schema renamed(Schema schema, Steps const& renames) {
    for (auto const& step : renames) {
        if (auto const* const table = std::get_if<RenameTable>(&step)) {
            apply(*table, schema);
        } else if (auto const* const type = std::get_if<RenameEnum>(&step)) {
            apply(*type, schema);
        } else if (auto const* const definition = std::get_if<RenameDefinition>(&step)) {
            apply(*definition, schema);
        } else if (auto const* const space = std::get_if<RenameNamespace>(&step)) {
            apply(*space, schema);
        }
    }
    return schema;
}

}  // namespace cm::schema
