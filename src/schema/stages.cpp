// See stages.hpp.
#include "schema/stages.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "schema/inheritance.hpp"
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
                   (c.to.is_generated && !object::is_generated_alike(c.from, c.to));
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
                                                        object::is_generated_alike(*old, *now)
                                                  : !object::is_retyped({*old, *now});
        if (!is_same) continue;
        table.column_uses.push_back(use);
        table.uses.push_back(use.on);
    }
    return table;
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

/// Does one side have values of what is made anew in a column where the other has none of it?
bool is_alone(ColumnUse const& use, Table const& table, Table const& other, Remade const& remade) {
    return !use.is_of_expression && is_in_the_way(table, use, remade) &&
           std::none_of(
               other.column_uses.begin(), other.column_uses.end(), [&](ColumnUse const& has) {
                   return !has.is_of_expression && has.column == use.column && has.on == use.on;
               });
}

void leave_out(std::string const& column, Table& table) {
    std::erase_if(table.columns, [&](auto const& each) { return each.name == column; });
    auto& key = table.primary_key;
    if (key && object::has_column(*key, column)) key.reset();
}

/// What stays of a table. Values that come to be of quite another type do not; those of one that
/// can be cast are kept as text, whatever they were.
Table rest_of_origin(Table const& before, Table const& after, Remade const& remade) {
    auto rest = rest_of(before, remade);
    for (auto const& use : before.column_uses) {
        auto* const column = find_column(rest, use.column);
        auto const* const old = find_column(before, use.column);
        auto const* const now = find_column(after, use.column);
        if (column == nullptr || old == nullptr || now == nullptr ||
            column->interim != object::Interim::json || !is_alone(use, before, after, remade))
            continue;
        if (object::conversion(old->type, now->type) == object::Conversion::none) {
            leave_out(use.column, rest);
        } else {
            column->interim = object::Interim::text;
            column->type = sql::canonical({.name = {{}, "text"}});
        }
    }
    return rest;
}

/// The rest of what a table becomes. A column that is new, or only comes to have a type that is
/// made anew, is not there before, or is as it was; `arrived`: what the table has been so far.
Table rest_of_target(Table const& after, Table const& before, Table const& arrived,
                     Remade const& remade) {
    auto rest = rest_of(after, remade);
    for (auto const& use : after.column_uses) {
        auto* const column = find_column(rest, use.column);
        if (column == nullptr || !is_alone(use, after, before, remade)) continue;
        if (auto const* const old = find_column(arrived, use.column)) {
            *column = *old;
            for (auto const& had : arrived.column_uses) {
                if (had.column != use.column) continue;
                rest.column_uses.push_back(had);
                rest.uses.push_back(had.on);
            }
        } else {
            leave_out(use.column, rest);
        }
    }
    // What has come with a parent is there.
    for (auto const& column : arrived.columns) {
        auto const* const wanted = find_column(after, column.name);
        if (wanted != nullptr && *wanted == column && find_column(rest, column.name) == nullptr)
            rest.columns.push_back(column);
    }
    return rest;
}

/// The changes of tables in stages, parents first: what theirs make of a table, it need not do.
class TablesInStages {
  public:
    TablesInStages(Schema const& from, Schema const& to, Steps const& asked, Remade const& remade)
        : from_(from), to_(to), asked_(asked), remade_(remade) {}

    void settle(Table const& table, Steps& steps) {
        if (!settled_.insert(table.name).second) return;
        for (auto const& name : table.parents) {
            if (auto const* const parent = from_.tables.find(name)) settle(*parent, steps);
        }
        if (is_dropped(steps, table)) return;
        refuse_key(table, remade_);
        if (is_held(table) || follows_stages(table)) replace_steps(table, stages_of(table), steps);
    }

  private:
    /// Which of the three, of a table and of its parents.
    using Stage = std::optional<Alter<Table>>;

    struct Stages {
        Stage loosening{}, change{}, tightening{};
    };

    bool is_held(Table const& table) const {
        return has_key_in_the_way(table, remade_) ||
               std::any_of(
                   table.column_uses.begin(), table.column_uses.end(),
                   [&](ColumnUse const& use) { return is_in_the_way(table, use, remade_); });
    }

    /// What a parent loses and gets again, PostgreSQL takes from the table and hands down.
    bool follows_stages(Table const& table) const {
        auto const above = ancestors(table.parents, from_);
        return std::any_of(above.begin(), above.end(), [&](auto const& name) {
            auto const found = stages_.find(name);
            return found != stages_.end() && (found->second.loosening || found->second.tightening);
        });
    }

    /// A parent that the table only comes to gives it nothing.
    Table beside_parents(Table table, Table const& wanted, Stage Stages::*stage) const {
        auto const* const before = from_.tables.find(table.name);
        auto const parents = std::exchange(table.parents, before->parents);
        table = with_changes_of_parents(std::move(table), wanted, from_, [&](auto const& name) {
            auto const found = stages_.find(name);
            if (found != stages_.end()) {
                auto const& step = found->second.*stage;
                return step ? &*step : nullptr;
            }
            return stage == &Stages::change ? find_change(asked_, name) : nullptr;
        });
        table.parents = parents;
        return table;
    }

    Table target_of(Table const& table) const {
        auto const* const change = find_change(asked_, table.name);
        if (change != nullptr) return change->to;
        auto const* const now = to_.tables.find(table.name);
        return now == nullptr ? table : *now;
    }

    Steps stages_of(Table const& table) {
        auto const after = with_known_uses(target_of(table), table);
        auto const origin = rest_of_origin(table, after, remade_);
        auto const target =
            rest_of_target(after, table, beside_parents(origin, after, &Stages::change), remade_);
        auto& stages = stages_[table.name];
        Steps steps{};
        auto const add = [&](Table const& before, Table const& wanted, Stage Stages::*stage) {
            auto step = Alter<Table>{beside_parents(before, wanted, stage), wanted};
            if (step.from == step.to) return;
            stages.*stage = step;
            steps.push_back(std::move(step));
        };
        add(table, origin, &Stages::loosening);
        add(origin, target, &Stages::change);
        add(target, after, &Stages::tightening);
        return steps;
    }

    Schema const& from_;
    Schema const& to_;
    Steps const& asked_;
    Remade const& remade_;
    std::set<sql::QualifiedName> settled_{};
    std::map<sql::QualifiedName, Stages> stages_{};
};

}  // namespace

bool leaves_parents(Alter<Table> const& step) {
    return is_loosening(step) && step.to.parents.size() < step.from.parents.size();
}

bool can_let_go(Definition const& object, object::ObjectRefs const& seeds) {
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
    TablesInStages tables{from, to, asked, remade};
    for (auto const& [name, table] : from.tables) tables.settle(table, steps);
    return steps;
}

}  // namespace cm::schema
