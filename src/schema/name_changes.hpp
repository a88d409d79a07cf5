// What one new name does to a reference, to a text, and to each kind of object that has the old
// one. Texts are rewritten as PostgreSQL would print them (sql/renamed_names).
#pragma once
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "schema/step.hpp"
#include "sql/renamed_names.hpp"

namespace cm::schema {

using object::DependencyKind;
using object::ObjectKind;
using object::ObjectRef;
using sql::QualifiedName;

inline void replace_name(std::string& name, NameChange const& change) {
    if (name == change.from) name = change.to;
}

inline void replace_name(std::vector<std::string>& names, NameChange const& change) {
    for (auto& name : names) replace_name(name, change);
}

inline void replace_name(QualifiedName& name, QualifiedName const& from, QualifiedName const& to) {
    if (name == from) name = to;
}

/// What a change does to a column's default.
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

template <class Change>
void apply_to_expressions(object::Index& index, Change const& change) {
    if (index.predicate) {
        change.apply(index.predicate->text);
        change.apply(index.predicate->canonical);
    }
    if (!index.details) return;
    for (auto& element : index.details->elements) change.apply(element.expression);
}

/// A table, a view, a sequence.
struct RelationChange {
    QualifiedName from{}, to{};

    void apply(ObjectRef& reference) const {
        auto const is_of_relation = reference.kind != ObjectKind::enum_ &&
                                    reference.kind != ObjectKind::index &&
                                    reference.kind != ObjectKind::routine;
        if (is_of_relation) replace_name(reference.name, from, to);
    }

    void apply(std::string& text) const {
        text = sql::with_renamed_relation(sql::with_renamed_literal(text, from, to), from, to);
    }

    void apply(object::Table& table) const {
        replace_name(table.name, from, to);
        for (auto& parent : table.parents) replace_name(parent, from, to);
        for (auto& heir : table.heirs) replace_name(heir, from, to);
        for (auto& column : table.columns) apply_to_default(column, *this);
    }

    void apply(object::Index& index) const {
        auto const is_moved = index.table == from;
        replace_name(index.table, from, to);
        if (is_moved) index.name.schema = to.schema;
    }

    void apply(object::ForeignKey& key) const {
        replace_name(key.name.table, from, to);
        replace_name(key.referenced_table, from, to);
    }

    void apply(object::Enum&) const {}
};

struct ColumnChange {
    QualifiedName table{};
    NameChange column{};

    void apply(ObjectRef& reference) const {
        auto const is_column =
            reference.aspect != DependencyKind::object && reference.aspect != DependencyKind::key;
        if (reference.name == table && is_column) replace_name(reference.part, column);
    }

    void apply(std::string& text) const {
        text = sql::with_renamed_column(text, table, column.from, column.to, {"new", "old"});
    }

    void apply(sql::Expression& expression) const {
        apply(expression.text);
        apply(expression.canonical);
        replace_name(expression.columns, column);
        std::sort(expression.columns.begin(), expression.columns.end());
    }

    void apply(object::Table& changed) const {
        if (changed.name != table) return;
        for (auto& each : changed.columns) {
            replace_name(each.name, column);
            if (each.is_generated) apply(each.generation);
            auto* const text =
                each.default_value ? std::get_if<sql::Expression>(&*each.default_value) : nullptr;
            if (text != nullptr && each.is_generated) apply(*text);
        }
        for (auto& use : changed.column_uses) replace_name(use.column, column);
        if (changed.primary_key) {
            replace_name(changed.primary_key->columns, column);
            if (changed.primary_key->details)
                replace_name(changed.primary_key->details->included, column);
        }
        if (!changed.details) return;
        replace_name(changed.details->key_columns, column);
        apply(changed.details->partition_key);
    }

    void apply(object::Index& index) const {
        if (index.table != table) return;
        for (auto& each : index.columns) replace_name(each.name, column);
        replace_name(index.needed_columns, column);
        if (index.predicate) apply(*index.predicate);
        if (!index.definition.empty()) apply(index.definition);
        if (!index.details) return;
        for (auto& element : index.details->elements) {
            replace_name(element.column, column);
            apply(element.expression);
        }
        replace_name(index.details->included, column);
    }

    void apply(object::ForeignKey& key) const {
        if (key.name.table == table) {
            replace_name(key.columns, column);
            if (key.details) replace_name(key.details->set_columns, column);
        }
        if (key.referenced_table == table) replace_name(key.referenced_columns, column);
    }

    void apply(object::Enum&) const {}
};

/// An enum, a domain, any other type.
struct TypeChange {
    QualifiedName from{}, to{};

    void apply(ObjectRef& reference) const {
        if (reference.kind == ObjectKind::enum_) replace_name(reference.name, from, to);
        // With the types of its arguments.
        if (reference.kind == ObjectKind::routine) apply(reference.name.name);
    }

    void apply(std::string& text) const { text = sql::with_renamed_type(text, from, to); }

    void apply(object::Table& table) const {
        for (auto& column : table.columns) {
            apply(column);
            apply_to_default(column, *this);
        }
        if (table.details) replace_name(table.details->row_type, from, to);
    }

    void apply(object::Column& column) const {
        auto& type = column.type;
        replace_name(type.name, from, to);
        if (type.name.schema.empty() && type.home == from.schema && type.name.name == from.name) {
            type.name.name = to.name;
            type.home = to.schema;
        }
        if (!column.details) return;
        if (column.details->formatted_type) apply(*column.details->formatted_type);
        if (column.details->domain != from) return;
        column.details->domain = to;
        type.domain = to.name;
        if (!type.domain_schema.empty()) type.domain_schema = to.schema;
    }

    void apply(object::Index& index) const { apply_to_expressions(index, *this); }

    void apply(object::ForeignKey&) const {}

    void apply(object::Enum& type) const { replace_name(type.name, from, to); }
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
        if (changed.name == type) replace_name(changed.values, value);
    }
};

/// The name alone of a routine.
inline QualifiedName without_arguments(QualifiedName const& routine) {
    return {routine.schema, routine.name.substr(0, routine.name.rfind('('))};
}

/// A routine, whose name has the types of its arguments: `f(integer)`.
struct RoutineChange {
    QualifiedName from{}, to{};

    void apply(ObjectRef& reference) const {
        if (reference.kind == ObjectKind::routine) replace_name(reference.name, from, to);
    }

    void apply(std::string& text) const {
        text = sql::with_renamed_function(text, without_arguments(from), without_arguments(to));
    }

    void apply(object::Table& table) const {
        for (auto& column : table.columns) {
            apply_to_default(column, *this);
            if (column.is_generated) apply(column.generation);
        }
    }

    void apply(object::Index& index) const { apply_to_expressions(index, *this); }

    void apply(object::ForeignKey&) const {}

    void apply(object::Enum&) const {}
};

/// A schema, in the names of all that lies in it.
struct NamespaceChange {
    std::string from{}, to{};

    void apply(QualifiedName& name) const {
        if (name.schema == from) name.schema = to;
    }

    void apply(ObjectRef& reference) const {
        apply(reference.name);
        if (reference.kind == ObjectKind::routine) apply(reference.name.name);
    }

    void apply(std::string& text) const { text = sql::with_renamed_schema(text, from, to); }

    void apply(object::Table& table) const {
        apply(table.name);
        for (auto* const others : {&table.parents, &table.heirs}) {
            for (auto& other : *others) apply(other);
        }
        for (auto& column : table.columns) {
            apply(column.type.name);
            for (auto* const schema : {&column.type.home, &column.type.domain_schema}) {
                if (*schema == from) *schema = to;
            }
            apply_to_default(column, *this);
            if (column.is_generated) apply(column.generation);
            if (column.default_value) {
                auto* const numbers = std::get_if<object::AutoIncrement>(&*column.default_value);
                if (numbers != nullptr && numbers->sequence) apply(*numbers->sequence);
            }
            if (!column.details) continue;
            apply(column.details->domain);
            apply(column.details->collation);
            if (column.details->formatted_type) apply(*column.details->formatted_type);
            if (column.details->sequence) apply(column.details->sequence->name);
        }
        if (table.details) apply(table.details->row_type);
    }

    void apply(object::Index& index) const {
        apply(index.name);
        apply(index.table);
        apply_to_expressions(index, *this);
    }

    void apply(object::ForeignKey& key) const {
        apply(key.name.table);
        apply(key.referenced_table);
    }

    void apply(object::Enum& type) const { apply(type.name); }
};

}  // namespace cm::schema
