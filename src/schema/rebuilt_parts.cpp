// See rebuilt_parts.hpp. Tried on PostgreSQL 12, 15 and 18.
#include "schema/rebuilt_parts.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/contains.hpp"
#include "object/definition/kinds.hpp"
#include "schema/index_parts.hpp"
#include "schema/step_list.hpp"
#include "sql/name.hpp"

namespace cm::schema {
namespace {

using object::Definition;
using object::Index;
using object::ObjectKind;
using object::ObjectRef;
using object::Table;
using sql::QualifiedName;

bool is_partitioned(Table const& table) {
    return table.details && !table.details->partition_key.empty();
}

using Columns = std::map<QualifiedName, std::set<std::string>>;

/// Those whose type or expression a step changes, by table.
Columns rewritten_columns(Steps const& steps) {
    Columns all{};
    for (auto const& step : steps) {
        if (auto const* const alter = std::get_if<Alter<Table>>(&step)) {
            if (!is_partitioned(alter->from)) continue;
            for (auto const& change : alter->changes()) {
                auto const* const column = std::get_if<Alter<object::Column>>(&change);
                if (column != nullptr && object::is_rewritten(*column))
                    all[alter->from.name].insert(column->from.name);
            }
        } else if (auto const* const rebuild = std::get_if<RebuildEnum>(&step)) {
            for (auto const& column : rebuild->columns) all[column.table].insert(column.column);
        }
    }
    return all;
}

bool uses_one_of(object::References const& uses, QualifiedName const& table,
                 std::set<std::string> const& columns) {
    return std::ranges::any_of(uses, [&](ObjectRef const& used) {
        return used.kind == ObjectKind::table && used.name == table &&
               used.aspect == object::DependencyKind::column && columns.contains(used.part);
    });
}

/// The indexes that are no parts themselves, and that the steps make PostgreSQL rebuild.
std::vector<Index const*> rebuilt_indexes(Steps const& steps, Schema const& from) {
    auto const columns = rewritten_columns(steps);
    std::vector<Index const*> all{};
    if (columns.empty()) return all;
    for (auto const& [name, index] : from.indexes) {
        if (!index.details || !index.details->is_partitioned || is_part(parent_of(index))) continue;
        auto const of_table = columns.find(index.table);
        if (of_table != columns.end() && uses_one_of(index.uses, index.table, of_table->second))
            all.push_back(&index);
    }
    return all;
}

void add_parts(QualifiedName const& parent, Schema const& side, std::vector<Index const*>& parts) {
    for (auto const& [name, index] : side.indexes) {
        if (parent_of(index) != parent) continue;
        parts.push_back(&index);
        add_parts(name, side, parts);
    }
}

std::vector<Index const*> parts_of(QualifiedName const& parent, Schema const& side) {
    std::vector<Index const*> parts{};
    add_parts(parent, side, parts);
    return parts;
}

/// Has the part nothing but what PostgreSQL would give it?
bool comes_by_itself(Index part, Index const& parent) {
    if (!has_usual_name(part)) return false;
    part.name = parent.name;
    part.table = parent.table;
    part.details->parent = {};
    return part == parent;
}

/// A partition that nobody has declared has an index that no step could make again.
bool has_undeclared(QualifiedName const& table, Schema const& from, Schema const& to) {
    return std::ranges::any_of(from.tables, [&](auto const& it) {
        auto const& [name, partition] = it;
        if (!is_partition(partition) || !cm::contains(partition.parents, table)) return false;
        return to.tables.find(name) == nullptr || has_undeclared(name, from, to);
    });
}

void make_again(Index const& index, Schema const& from, Schema const& to, Steps& steps) {
    auto const* const now = to.indexes.find(index.name);
    if (now == nullptr || is_dropped(steps, index) || has_undeclared(index.table, from, to)) return;
    auto const parts = parts_of(index.name, from);
    if (std::ranges::all_of(parts, [&](auto const* it) { return comes_by_itself(*it, index); }))
        return;
    auto const replace = [&](Index const& old, Index const& wanted) {
        drop_changes(old, steps);
        if (!is_dropped(steps, old)) steps.push_back(Drop<Index>{old});
        if (!is_created(steps, wanted)) steps.push_back(Create<Index>{wanted});
    };
    replace(index, *now);
    for (auto const* const part : parts) {
        auto const* const wanted = to.indexes.find(part->name);
        if (wanted != nullptr) replace(*part, *wanted);
    }
}

Definition const* comment_on(QualifiedName const& index, Schema const& side) {
    for (auto const& [id, definition] : side.definitions) {
        if (definition.definition_kind == &object::comment_kind && definition.owned_by &&
            *definition.owned_by == ObjectRef{ObjectKind::index, index})
            return &definition;
    }
    return nullptr;
}

void make_anew(Definition const& definition, Steps& steps) {
    drop_changes(definition, steps);
    if (!is_created(steps, definition)) steps.push_back(Create<Definition>{definition});
}

/// What takes a comment away again that the index has of its parent.
Definition no_comment(Index const& part, Definition const& above) {
    auto none = above;
    auto const name = sql::quote(part.name);
    none.id.name = {part.name.schema, "index " + name};
    none.owned_by = self(part);
    none.address = "INDEX " + name;
    none.text = "NULL";
    return none;
}

void comment_again(Index const& part, Definition const* above, Schema const& to, Steps& steps) {
    if (auto const* const wanted = comment_on(part.name, to)) {
        make_anew(*wanted, steps);
    } else if (above != nullptr && !part.is_constraint && to.indexes.find(part.name) != nullptr) {
        auto none = no_comment(part, *above);
        std::erase_if(steps, [&](Step const& step) {
            auto const* const drop = std::get_if<Drop<Definition>>(&step);
            return drop != nullptr && key(drop->object) == key(none);
        });
        steps.push_back(Create<Definition>{std::move(none)});
    }
}

/// A partition whose key is a part of the other's, directly or by one between.
bool is_key_below(Table const& partition, QualifiedName const& key, Schema const& side) {
    auto const parent = parent_of(partition.primary_key);
    if (!is_part(parent)) return false;
    if (parent == key) return true;
    auto const between = std::ranges::find_if(side.tables, [&](auto const& it) {
        return it.second.primary_key && key_index(it.second) == parent;
    });
    return between != side.tables.end() && is_key_below(between->second, key, side);
}

bool changes_key(QualifiedName const& table, Steps const& steps) {
    return std::ranges::any_of(steps, [&](Step const& step) {
        auto const* const alter = std::get_if<Alter<Table>>(&step);
        return alter != nullptr && alter->from.name == table &&
               !(alter->from.primary_key == alter->to.primary_key);
    });
}

/// The partition with its key as PostgreSQL makes it with its parent's.
Table with_usual_key(Table partition, Table const& parent) {
    auto& key = *partition.primary_key;
    key.name = usual_key(partition.name);
    if (key.details && parent.primary_key->details)
        key.details->storage = parent.primary_key->details->storage;
    partition.is_loose = true;
    return partition;
}

/// Gives the keys of partitions back what they have beside their parent's.
void settle_keys(Table const& parent, Schema const& from, Schema const& to, Steps& steps) {
    auto const* const now = to.tables.find(parent.name);
    if (now == nullptr || !now->primary_key || changes_key(parent.name, steps)) return;
    for (auto const& [name, partition] : from.tables) {
        auto const* const wanted = to.tables.find(name);
        if (wanted == nullptr || !wanted->primary_key || changes_key(name, steps) ||
            !is_key_below(partition, key_index(parent), from))
            continue;
        auto usual = with_usual_key(*wanted, *now);
        auto const is_taken = to.indexes.find(key_index(usual)) != nullptr;
        if (!(usual == *wanted) && !is_taken)
            steps.push_back(Alter<Table>{std::move(usual), *wanted});
        if (auto const* const comment = comment_on(key_index(*wanted), to))
            make_anew(*comment, steps);
    }
}

}  // namespace

Steps make_parts_again(Schema const& from, Schema const& to, Steps steps) {
    for (auto const* const index : rebuilt_indexes(steps, from))
        make_again(*index, from, to, steps);
    return steps;
}

Steps settle_rebuilt_parts(Schema const& from, Schema const& to, Steps steps) {
    for (auto const& [name, columns] : rewritten_columns(steps)) {
        auto const* const table = from.tables.find(name);
        auto const is_of_key = [&](std::string const& column) {
            return object::has_column(*table->primary_key, column);
        };
        if (table != nullptr && table->primary_key && !is_part(parent_of(table->primary_key)) &&
            std::ranges::any_of(columns, is_of_key))
            settle_keys(*table, from, to, steps);
    }
    for (auto const* const index : rebuilt_indexes(steps, from)) {
        if (is_dropped(steps, *index)) continue;
        auto const* const above = comment_on(index->name, from);
        for (auto const* const part : parts_of(index->name, from))
            comment_again(*part, above, to, steps);
    }
    return steps;
}

void attach_again(Schema const& from, Schema const& to, Steps& steps) {
    for (auto const& [id, definition] : to.definitions) {
        auto const& on = definition.owned_by;
        if (!on || on->kind != ObjectKind::index) continue;
        auto const* const index = to.indexes.find(on->name);
        auto const* const old = from.indexes.find(on->name);
        if (index != nullptr && old != nullptr && is_created(steps, *index) &&
            is_dropped(steps, *old) && !is_created(steps, definition))
            make_anew(definition, steps);
    }
}

}  // namespace cm::schema
