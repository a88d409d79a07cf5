// See loosened.hpp.
#include "schema/loosened.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/diagnostic.hpp"

namespace cm::schema {
namespace {

using object::ColumnUse;
using object::Definition;
using object::Interim;
using object::ObjectKind;
using object::ObjectRef;
using object::Table;

void drop_default(object::Column& column) {
    column.default_value.reset();
    if (!column.details) return;
    column.details->default_value = "";
    column.details->numbering = object::Numbering::none;
    column.details->sequence.reset();
}

void remove_column(Table& table, std::string const& name) {
    std::erase_if(table.columns, [&](auto const& column) { return column.name == name; });
    auto& key = table.primary_key;
    if (key && object::has_column(*key, name)) key.reset();
}

/// What is generated no more afterwards keeps its values.
bool becomes_ordinary(Table const& table, object::Column const& column, Remade const& remade) {
    auto const* const after = remade.to == nullptr ? nullptr : remade.to->tables.find(table.name);
    auto const* const now = after == nullptr ? nullptr : find_column(*after, column.name);
    return now != nullptr && are_exact(column, *now) && !now->is_generated;
}

void let_expression_go(Table& table, std::string const& name, Remade const& remade) {
    auto* const column = find_column(table, name);
    if (column == nullptr) return;
    if (column->is_generated && !becomes_ordinary(table, *column, remade))
        return remove_column(table, name);
    column->is_generated = column->is_virtual = false;
    column->generation.clear();
    if (column->details) column->details->is_held = false;
    drop_default(*column);
}

std::vector<std::string> attribute_names(Definition const& type) {
    std::vector<std::string> names{};
    for (auto const& [name, value] : type.facts) names.push_back(name);
    return names;
}

/// Rows are kept by the names of their parts, all else as it is written.
Interim interim_of(ObjectRef const& type, bool is_list, Remade const& remade) {
    auto const* const old = remade.from->definitions.find(type);
    auto const* const now = remade.to->definitions.find(type);
    auto const is_row = type.kind == ObjectKind::table ||
                        (old != nullptr && old->definition_kind->title == "composite type");
    if (!is_row) return Interim::text;
    if (!is_list) return Interim::json;
    auto const is_alike =
        old != nullptr && now != nullptr && attribute_names(*old) == attribute_names(*now);
    return is_alike ? Interim::text : Interim::none;
}

[[noreturn]] void refuse(Table const& table, std::string const& column, ObjectRef const& on) {
    throw Failure(
        error("CM0319", "`{}` cannot be recreated while the table `{}` relies on it", on.name.name,
              table.name.name)
            .note("{}", column.empty() ? std::string{"the table is partitioned by it"}
                                       : fmt::format("the column `{}` has values of it", column))
            .help("in a migration of your own, move the rows to a new column or table first"));
}

void keep_as(object::Column& column, Interim interim) {
    drop_default(column);
    column.interim = interim;
    column.type = sql::canonical({.name = {{}, interim == Interim::json ? "jsonb" : "text"},
                                  .is_array = interim == Interim::text && column.type.is_array});
    auto& details = *column.details;
    details.formatted_type = "";
    details.domain = details.collation = {};
    details.storage.clear();
    details.compression.clear();
}

/// The type below the column's domain.
ObjectRef base_of(object::Column const& column) {
    auto const& type = column.type;
    return {ObjectKind::enum_,
            {type.name.schema.empty() ? type.home : type.name.schema, type.name.name}};
}

void let_type_go(Table& table, ColumnUse const& use, Remade const& remade) {
    auto* const column = find_column(table, use.column);
    if (column == nullptr || !column->details) return;
    auto on = use.on;
    if (on.kind == ObjectKind::collation) {
        column->details->collation = {};
        return;
    }
    if (on.kind == ObjectKind::enum_ && column->details->domain == on.name) {
        column->details->domain = {};
        column->type.domain.clear();
        column->type.domain_schema.clear();
        column->is_nullable = column->type.is_array || !column->details->is_required;
        on = base_of(*column);
        if (!remade.definitions.contains(on)) {
            // That may go when the column has become another one.
            table.column_uses.push_back({use.column, false, on});
            table.uses.push_back(on);
            return;
        }
    }
    auto const interim = interim_of(on, column->type.is_array, remade);
    if (interim == Interim::none) refuse(table, use.column, on);
    keep_as(*column, interim);
}

void let_go(Table& table, ColumnUse const& use, Remade const& remade) {
    if (use.column.empty()) {
        table.details->row_type = {};
        return;
    }
    auto const* const column = find_column(table, use.column);
    if (use.is_of_expression || (column != nullptr && column->is_generated))
        let_expression_go(table, use.column, remade);
    if (!use.is_of_expression) let_type_go(table, use, remade);
}

}  // namespace

namespace {

/// A default of the type itself changes with the column (schema/enum_rebuild).
bool is_own_default(Table const& table, ColumnUse const& use) {
    auto const* const column = find_column(table, use.column);
    return column != nullptr && !column->is_generated && base_of(*column) == use.on;
}

}  // namespace

namespace {

/// The words of the column's expression stay, and so mean something else.
bool says_the_same(Table const& table, ColumnUse const& use, Schema const& to) {
    auto const* const after = to.tables.find(table.name);
    auto const* const old = find_column(table, use.column);
    auto const* const now = after == nullptr ? nullptr : find_column(*after, use.column);
    return old != nullptr && now != nullptr && are_exact(*old, *now) &&
           is_generated_alike(*old, *now) &&
           object::may_have_same_default(*old->details, *now->details);
}

}  // namespace

bool is_in_the_way(Table const& table, ColumnUse const& use, Remade const& remade) {
    if (remade.definitions.contains(use.on)) return true;
    if (use.column.empty()) return remade.altered.contains(use.on);
    if (use.is_of_expression && remade.gone.contains(use.on))
        return says_the_same(table, use, *remade.to);
    return use.is_of_expression ? remade.retyped.contains(use.on) && !is_own_default(table, use)
                                : remade.rows.contains(use.on);
}

bool has_key_in_the_way(Table const& table, Remade const& remade) {
    auto const& key = table.primary_key;
    return key && std::any_of(key->uses.begin(), key->uses.end(),
                              [&](ObjectRef const& on) { return remade.definitions.contains(on); });
}

Definition rest_of(Definition const& object) {
    auto rest = object.definition_kind->loosened(object).value();
    rest.is_loose = true;
    return rest;
}

/// Expressions first: what is generated has no values to keep.
Table rest_of(Table table, Remade const& remade,
              std::function<bool(ColumnUse const&)> const& lets_go) {
    auto const uses = table.column_uses;
    for (auto const is_of_expression : {true, false}) {
        for (auto const& use : uses) {
            if (use.is_of_expression == is_of_expression && lets_go(use))
                let_go(table, use, remade);
        }
    }
    std::erase_if(table.column_uses, lets_go);
    for (auto const& use : uses) {
        if (!lets_go(use)) continue;
        auto const is_left = std::any_of(table.column_uses.begin(), table.column_uses.end(),
                                         [&](auto const& other) { return other.on == use.on; });
        if (!is_left) std::erase(table.uses, use.on);
    }
    table.is_loose = true;
    return table;
}

Table rest_of(Table const& table, Remade const& remade) {
    auto rest = rest_of(table, remade,
                        [&](ColumnUse const& use) { return is_in_the_way(table, use, remade); });
    if (!has_key_in_the_way(table, remade)) return rest;
    for (auto const& on : table.primary_key->uses) std::erase(rest.uses, on);
    rest.primary_key.reset();
    return rest;
}

void refuse_key(Table const& table, Remade const& remade) {
    if (!table.details || table.details->partition_key.empty()) return;
    auto const& key = table.details->key_columns;
    for (auto const& use : table.column_uses) {
        auto const is_of_key = std::find(key.begin(), key.end(), use.column) != key.end();
        if (is_of_key && !use.is_of_expression && is_in_the_way(table, use, remade))
            refuse(table, {}, use.on);
    }
    for (auto const& on : table.uses) {
        if (!remade.definitions.contains(on)) continue;
        auto const is_of_column = std::any_of(table.column_uses.begin(), table.column_uses.end(),
                                              [&](ColumnUse const& use) { return use.on == on; });
        if (!is_of_column) refuse(table, {}, on);
    }
}

}  // namespace cm::schema
