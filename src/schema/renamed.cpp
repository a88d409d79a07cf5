// See renamed.hpp.
#include "schema/renamed.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "object/definition/kinds.hpp"
#include "object/table/sequence.hpp"
#include "schema/conditions.hpp"
#include "sql/renamed_names.hpp"

namespace cm::schema {
namespace {

using object::DependencyKind;
using object::ObjectKind;
using object::ObjectRef;
using sql::QualifiedName;

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

void replace(std::string& name, NameChange const& change) {
    if (name == change.from) name = change.to;
}

void replace(std::vector<std::string>& names, NameChange const& change) {
    for (auto& name : names) replace(name, change);
}

void replace(QualifiedName& name, QualifiedName const& from, QualifiedName const& to) {
    if (name == from) name = to;
}

/// What a rename does to a reference, to a text, and to each kind of object that names the renamed
/// one.
struct RelationChange {
    QualifiedName from{}, to{};

    void apply(ObjectRef& reference) const {
        auto const is_of_relation = reference.kind != ObjectKind::enum_ &&
                                    reference.kind != ObjectKind::index &&
                                    reference.kind != ObjectKind::routine;
        if (is_of_relation) replace(reference.name, from, to);
    }

    void apply(std::string& text) const { text = sql::with_renamed_relation(text, from, to); }

    void apply(object::Table& table) const {
        replace(table.name, from, to);
        for (auto& parent : table.parents) replace(parent, from, to);
        for (auto& heir : table.heirs) replace(heir, from, to);
    }

    void apply(object::Index& index) const {
        auto const is_moved = index.table == from;
        replace(index.table, from, to);
        if (is_moved) index.name.schema = to.schema;
    }

    void apply(object::ForeignKey& key) const {
        replace(key.name.table, from, to);
        replace(key.referenced_table, from, to);
    }

    void apply(object::Enum&) const {}
};

struct ColumnChange {
    QualifiedName table{};
    NameChange column{};

    void apply(ObjectRef& reference) const {
        auto const is_column =
            reference.aspect != DependencyKind::object && reference.aspect != DependencyKind::key;
        if (reference.name == table && is_column) replace(reference.part, column);
    }

    void apply(std::string& text) const {
        text = sql::with_renamed_column(text, table, column.from, column.to, {"new", "old"});
    }

    void apply(sql::Expression& expression) const {
        apply(expression.text);
        apply(expression.canonical);
        replace(expression.columns, column);
        std::sort(expression.columns.begin(), expression.columns.end());
    }

    void apply(object::Table& changed) const {
        if (changed.name != table) return;
        for (auto& each : changed.columns) {
            replace(each.name, column);
            if (each.is_generated) apply(each.generation);
            auto* const text =
                each.default_value ? std::get_if<sql::Expression>(&*each.default_value) : nullptr;
            if (text != nullptr && each.is_generated) apply(*text);
        }
        for (auto& use : changed.column_uses) replace(use.column, column);
        if (changed.primary_key) {
            replace(changed.primary_key->columns, column);
            if (changed.primary_key->details)
                replace(changed.primary_key->details->included, column);
        }
        if (!changed.details) return;
        replace(changed.details->key_columns, column);
        apply(changed.details->partition_key);
    }

    void apply(object::Index& index) const {
        if (index.table != table) return;
        for (auto& each : index.columns) replace(each.name, column);
        replace(index.needed_columns, column);
        if (index.predicate) apply(*index.predicate);
        if (!index.definition.empty()) apply(index.definition);
        if (!index.details) return;
        for (auto& element : index.details->elements) {
            replace(element.column, column);
            apply(element.expression);
        }
        replace(index.details->included, column);
    }

    void apply(object::ForeignKey& key) const {
        if (key.name.table == table) {
            replace(key.columns, column);
            if (key.details) replace(key.details->set_columns, column);
        }
        if (key.referenced_table == table) replace(key.referenced_columns, column);
    }

    void apply(object::Enum&) const {}
};

/// What the change of a type, or of its values, does to a column's default.
template <class Change>
void apply_to_default(object::Column& column, Change const& change) {
    auto* const text =
        column.default_value ? std::get_if<sql::Expression>(&*column.default_value) : nullptr;
    if (text != nullptr) {
        auto renamed = text->text;
        change.apply(renamed);
        if (renamed != text->text) *text = sql::column_default(renamed, column.type);
    }
    if (column.details && column.details->default_value)
        change.apply(*column.details->default_value);
}

struct TypeChange {
    QualifiedName from{}, to{};

    void apply(ObjectRef& reference) const {
        if (reference.kind == ObjectKind::enum_) replace(reference.name, from, to);
        // With the types of its arguments.
        if (reference.kind == ObjectKind::routine) apply(reference.name.name);
    }

    void apply(std::string& text) const { text = sql::with_renamed_type(text, from, to); }

    void apply(object::Table& table) const {
        for (auto& column : table.columns) {
            replace(column.type.name, from, to);
            apply_to_default(column, *this);
        }
    }

    void apply(object::Index& index) const {
        if (index.predicate) {
            apply(index.predicate->text);
            apply(index.predicate->canonical);
        }
        if (!index.details) return;
        for (auto& element : index.details->elements) apply(element.expression);
    }

    void apply(object::ForeignKey&) const {}

    void apply(object::Enum& type) const { replace(type.name, from, to); }
};

struct ValueChange {
    QualifiedName type{};
    NameChange value{};
    std::map<QualifiedName, std::set<std::string>> columns{};  ///< of that type, by table

    void apply(ObjectRef&) const {}

    void apply(std::string& text) const {
        text = sql::with_renamed_value(text, type, value.from, value.to);
    }

    void apply(object::Table& table) const {
        for (auto& column : table.columns) {
            if (column.type.name != type) continue;
            apply_to_default(column, *this);
        }
    }

    bool is_compared(object::Index const& index) const {
        auto const found = columns.find(index.table);
        auto const& named = index.predicate->columns;
        return found != columns.end() &&
               std::any_of(named.begin(), named.end(),
                           [&](auto const& name) { return found->second.contains(name); });
    }

    void apply(object::Index& index) const {
        if (!index.predicate || !is_compared(index)) return;
        for (auto* const text : {&index.predicate->text, &index.predicate->canonical}) {
            *text = sql::with_renamed_value(*text, type, value.from, value.to,
                                            sql::BareLiterals::of_the_type);
        }
    }

    void apply(object::ForeignKey&) const {}

    void apply(object::Enum& changed) const {
        if (changed.name == type) replace(changed.values, value);
    }
};

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
            if (numbers != nullptr && numbers->sequence) replace(*numbers->sequence, from, to);
        }
        if (column.details && column.details->sequence)
            replace(column.details->sequence->name, from, to);
    }
}

/// The name of a NOT NULL is left out where it is the one that PostgreSQL makes of the table's and
/// the column's, which change.
void follow_required_names(RenameTable const& step, object::Table& table) {
    for (auto& column : table.columns) {
        if (!column.details || !column.details->has_required_constraint) continue;
        auto now = column;
        for (auto const& change : step.columns) replace(now.name, change);
        auto& kept = column.details->required_name;
        auto name = kept.empty() ? object::made_name(step.from.name, column, "not_null") : kept;
        for (auto const& change : step.constraints) replace(name, change);
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

}  // namespace

Schema renamed(Schema schema, Steps const& renames) {
    for (auto const& step : renames) {
        if (auto const* const table = std::get_if<RenameTable>(&step)) {
            apply(*table, schema);
        } else if (auto const* const type = std::get_if<RenameEnum>(&step)) {
            apply(*type, schema);
        }
    }
    return schema;
}

}  // namespace cm::schema
