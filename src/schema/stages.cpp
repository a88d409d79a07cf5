// See stages.hpp.
#include "schema/stages.hpp"

#include <algorithm>

#include "schema/loosened.hpp"
#include "schema/step_list.hpp"

namespace cm::schema {
namespace {

using object::ColumnUse;
using object::Definition;
using object::ObjectKind;
using object::ObjectRef;
using object::Table;
using Seeds = std::set<ObjectRef>;

Seeds dropped_definitions(Steps const& steps) {
    Seeds dropped{};
    for (auto const& step : steps) {
        auto const* const drop = std::get_if<Drop<Definition>>(&step);
        if (drop != nullptr) dropped.insert(drop->object.id);
    }
    return dropped;
}

Seeds remade_definitions(Steps const& steps) {
    auto const dropped = dropped_definitions(steps);
    Seeds remade{};
    for (auto const& step : steps) {
        auto const* const create = std::get_if<Create<Definition>>(&step);
        if (create != nullptr && dropped.contains(create->object.id))
            remade.insert(create->object.id);
    }
    return remade;
}

Seeds altered_definitions(Steps const& steps) {
    Seeds altered{};
    for (auto const& step : steps) {
        auto const* const alter = std::get_if<Alter<Definition>>(&step);
        if (alter != nullptr) altered.insert(alter->from.id);
    }
    return altered;
}

Seeds rebuilt_enums(Steps const& steps) {
    Seeds types{};
    for (auto const& step : steps) {
        if (auto const* const rebuild = std::get_if<RebuildEnum>(&step))
            types.insert(self(rebuild->from));
    }
    return types;
}

/// Is each row written anew, or may it be?
bool rewrites_rows(object::TableChange const& change) {
    return match(
        change,
        [](Create<object::Column> const& c) {
            auto const& column = c.object;
            return column.default_value || column.is_generated ||
                   (column.details && (column.details->numbering != object::Numbering::none ||
                                       !column.details->domain.name.empty()));
        },
        [](Alter<object::Column> const& c) {
            return object::is_retyped(c) ||
                   (c.to.is_generated && c.from.generation != c.to.generation);
        },
        [](object::ReplaceColumn const&) { return true; }, [](auto const&) { return false; });
}

Seeds rewritten_tables(Steps const& steps) {
    Seeds rows{};
    for (auto const& step : steps) {
        auto const* const alter = std::get_if<Alter<Table>>(&step);
        if (alter == nullptr) continue;
        auto const changes = alter->changes();
        if (std::any_of(changes.begin(), changes.end(), rewrites_rows))
            rows.insert(self(alter->from));
    }
    return rows;
}

Alter<Table> const* find_change(Steps const& steps, sql::QualifiedName const& table) {
    for (auto const& step : steps) {
        auto const* const alter = std::get_if<Alter<Table>>(&step);
        if (alter != nullptr && alter->from.name == table) return alter;
    }
    return nullptr;
}

void take_uses_of_key(Table& table, Table const& before) {
    auto& key = table.primary_key;
    auto const& old = before.primary_key;
    if (!key || !old || !key->uses.empty() || !(*key == *old)) return;
    key->uses = old->uses;
    table.uses.insert(table.uses.end(), old->uses.begin(), old->uses.end());
}

/// A schema file does not know what a table relies on: what stays as it is, on the same.
Table with_known_uses(Table table, Table const& before) {
    take_uses_of_key(table, before);
    if (!table.column_uses.empty()) return table;
    for (auto const& use : before.column_uses) {
        auto const* const old = find_column(before, use.column);
        auto const* const now = find_column(table, use.column);
        if (old == nullptr || now == nullptr) continue;
        auto const is_same = use.is_of_expression ? old->default_value == now->default_value &&
                                                        old->generation == now->generation
                                                  : !object::is_retyped({*old, *now});
        if (!is_same) continue;
        table.column_uses.push_back(use);
        table.uses.push_back(use.on);
    }
    return table;
}

/// A column that goes with those of parents relies on what it relies on when they have changed.
Table with_uses_of_parents(Table before, Table const& table, Table const& after) {
    if (table.parents.empty()) return before;
    std::set<std::string> carried{};
    for (auto const& column : before.columns) {
        auto const* const old = find_column(table, column.name);
        if (old == nullptr || !(*old == column)) carried.insert(column.name);
    }
    std::erase_if(before.column_uses,
                  [&](ColumnUse const& use) { return carried.contains(use.column); });
    for (auto const& use : after.column_uses) {
        auto const* const now = find_column(after, use.column);
        auto const* const column = find_column(before, use.column);
        if (carried.contains(use.column) && now != nullptr && *now == *column)
            before.column_uses.push_back(use);
    }
    return before;
}

/// As its parents make it: what only then comes to rely on something has nothing to let go.
Table as_parents_make_it(Table now, Table const& before) {
    std::erase_if(now.column_uses, [&](ColumnUse const& use) {
        return std::none_of(
            before.column_uses.begin(), before.column_uses.end(),
            [&](ColumnUse const& had) { return had.column == use.column && had.on == use.on; });
    });
    return now;
}

void replace_steps(Table const& table, Steps made, Steps& steps) {
    drop_changes(table, steps);
    std::move(made.begin(), made.end(), std::back_inserter(steps));
}

// --- types whose values tables keep
// ---------------------------------------------------------------

bool is_stored(ObjectRef const& type, bool is_domain, Schema const& from, Seeds& seen) {
    if (!seen.insert(type).second) return false;
    for (auto const& [name, table] : from.tables) {
        for (auto const& use : table.column_uses) {
            if (use.is_of_expression || use.on != type) continue;
            auto const* const column = find_column(table, use.column);
            if (!is_domain || (column != nullptr && column->type.is_array)) return true;
        }
    }
    for (auto const& [id, definition] : from.definitions) {
        auto const& uses = definition.uses;
        if (std::find(uses.begin(), uses.end(), type) == uses.end()) continue;
        auto const& kind = *definition.definition_kind;
        if (!is_domain && kind.title == "materialized view") return true;
        if (id.kind != ObjectKind::enum_) continue;
        if (is_stored(id, is_domain && kind.is_domain, from, seen)) return true;
    }
    return false;
}

/// What ALTER may not do while tables have such values is made anew.
void remake_stored(Schema const& from, Schema const& to, Steps& steps) {
    std::vector<std::pair<Definition, Definition>> remade{};
    for (auto const& step : steps) {
        auto const* const alter = std::get_if<Alter<Definition>>(&step);
        if (alter == nullptr || alter->to.definition_kind->rewrites == nullptr) continue;
        auto const& kind = *alter->to.definition_kind;
        Seeds seen{};
        if (!kind.rewrites(alter->from, alter->to) ||
            !is_stored(alter->from.id, kind.is_domain, from, seen))
            continue;
        auto const* const old = from.definitions.find(alter->from.id);
        auto const* const now = to.definitions.find(alter->to.id);
        if (old != nullptr && now != nullptr) remade.emplace_back(*old, *now);
    }
    for (auto const& [old, now] : remade) {
        drop_changes(old, steps);
        if (is_dropped(steps, old)) continue;
        steps.push_back(Drop<Definition>{old});
        steps.push_back(Create<Definition>{now});
    }
}

}  // namespace

bool leaves_parents(Alter<Table> const& step) {
    return is_loosening(step) && step.to.parents.size() < step.from.parents.size();
}

bool can_let_go(Definition const& object, Seeds const& seeds) {
    if (!object.definition_kind->is_freed_by_parts) return false;
    auto const needed = references(rest_of(object));
    return std::none_of(needed.begin(), needed.end(),
                        [&](ObjectRef const& it) { return seeds.contains(it); });
}

Steps in_stages(Definition const& from, Definition const& to) {
    return stages(from, rest_of(from), rest_of(to), to);
}

bool relies_on_others(Schema const& schema) {
    auto const relies = [](auto const& entry) {
        return !entry.second.column_uses.empty() || !entry.second.uses.empty();
    };
    return !schema.definitions.empty() ||
           std::any_of(schema.tables.begin(), schema.tables.end(), relies);
}

Steps let_tables_go(Schema const& from, Schema const& to, Steps const& asked, Steps steps) {
    remake_stored(from, to, steps);
    Remade const remade{.definitions = remade_definitions(steps),
                        .gone = dropped_definitions(steps),
                        .altered = altered_definitions(steps),
                        .retyped = rebuilt_enums(steps),
                        .rows = rewritten_tables(steps),
                        .from = &from,
                        .to = &to};
    if (remade.gone.empty() && remade.altered.empty() && remade.retyped.empty() &&
        remade.rows.empty())
        return steps;
    for (auto const& [name, table] : from.tables) {
        auto const is_held = has_key_in_the_way(table, remade) ||
                             std::any_of(table.column_uses.begin(), table.column_uses.end(),
                                         [&, &held = table](ColumnUse const& use) {
                                             return is_in_the_way(held, use, remade);
                                         });
        if (is_dropped(steps, table)) continue;
        refuse_key(table, remade);
        if (!is_held) continue;
        auto const* const change = find_change(asked, name);
        auto const* const now = to.tables.find(name);
        // What no step of its own changes, those of its parents do (schema/inheritance).
        auto const target = now == nullptr ? table
                            : change == nullptr && !table.parents.empty()
                                ? as_parents_make_it(*now, table)
                                : *now;
        auto before = change != nullptr ? with_uses_of_parents(change->from, table, change->to)
                      : now != nullptr && !table.parents.empty() ? target
                                                                 : table;
        auto after = with_known_uses(change != nullptr ? change->to : target, before);
        if (change != nullptr && !table.parents.empty()) {
            before = as_parents_make_it(std::move(before), table);
            after = as_parents_make_it(std::move(after), table);
        }
        // A parent that it comes to does not give it anything back.
        auto const is_staying = before.parents == after.parents;
        replace_steps(
            table,
            stages(beside_parents(before, remade, from), rest_of(before, remade),
                   rest_of(after, remade), is_staying ? beside_parents(after, remade, to) : after),
            steps);
    }
    return steps;
}

}  // namespace cm::schema
