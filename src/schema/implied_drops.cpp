// See implied_drops.hpp.
#include "schema/implied_drops.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "schema/step_effects.hpp"

namespace cm::schema {
namespace {

/// `of_heirs`: the columns that tables below lose with it.
void collect_parts(Alter<object::Table> const& step, std::set<object::ObjectRef>& dropped,
                   std::set<object::ObjectRef>& of_heirs) {
    auto const add = [&](std::string const& column) {
        auto const reference = [&](sql::QualifiedName const& table) {
            return object::ObjectRef{object::ObjectKind::table, table,
                                     object::DependencyKind::column, column};
        };
        dropped.insert(reference(step.from.name));
        for (auto const& heir : step.from.heirs) of_heirs.insert(reference(heir));
    };
    for (auto const& change : step.changes()) {
        match(
            change, [&](Drop<object::Column> const& c) { add(c.object.name); },
            [&](object::ReplaceColumn const& c) { add(c.from.name); },
            [&](Drop<object::PrimaryKey> const& c) {
                dropped.insert({object::ObjectKind::index, {step.from.name.schema, c.object.name}});
            },
            [](auto const&) {});
    }
}

/// Columns that get another type.
std::set<object::ObjectRef> retyped_by(Steps const& steps) {
    std::set<object::ObjectRef> columns{};
    auto const add = [&](sql::QualifiedName const& table, std::string const& column) {
        columns.insert({object::ObjectKind::table, table, object::DependencyKind::column, column});
    };
    for (auto const& step : steps) {
        if (auto const* const rebuild = std::get_if<RebuildEnum>(&step)) {
            for (auto const& column : rebuild->columns) add(column.table, column.column);
        } else if (auto const* const alter = std::get_if<Alter<object::Table>>(&step)) {
            for (auto const& change : alter->changes()) {
                auto const* const column = std::get_if<Alter<object::Column>>(&change);
                if (column != nullptr && is_retyped(*column))
                    add(alter->from.name, column->from.name);
            }
        }
    }
    return columns;
}

/// A rule of a table that goes reads a column of another one, which gets another type before.
template <class T>
bool reads_one_of(std::set<object::ObjectRef> const& retyped, T const& object,
                  object::ObjectRef const& held_by) {
    auto const needed = references(object);
    return !retyped.empty() &&
           std::any_of(needed.begin(), needed.end(), [&](object::ObjectRef const& reference) {
               return reference.name != held_by.name && retyped.contains(reference);
           });
}

/// What is dropped, and an object that it relies on.
using Reliances = std::set<std::pair<object::ObjectRef, object::ObjectRef>>;

Reliances reliances_of_dropped(Steps const& steps) {
    Reliances result{};
    for (auto const& step : steps) {
        auto const* const drop = std::get_if<Drop<object::Definition>>(&step);
        if (drop == nullptr) continue;
        for (auto const& needed : references(drop->object)) {
            result.emplace(drop->object.id, whole(needed));
        }
    }
    return result;
}

/// Its owner waits until something has gone that cannot go before it: a function of the rows of the
/// table, by which an index goes.
template <class T>
bool must_go_before(T const& object, object::ObjectRef const& held_by, Reliances const& reliances) {
    if (reliances.empty()) return false;
    auto const needed = references(object);
    return std::any_of(needed.begin(), needed.end(), [&](object::ObjectRef const& reference) {
        return reliances.contains({reference, whole(held_by)});
    });
}

/// The objects that `object` relies on, beside the one that it goes with.
template <class T>
std::set<object::ObjectRef> others_of(T const& object, object::ObjectRef const& held_by) {
    std::set<object::ObjectRef> others{};
    for (auto const& needed : references(object)) {
        if (whole(needed) != whole(held_by)) others.insert(whole(needed));
    }
    return others;
}

/// What goes with its owner has let go of others only when that has gone: so the owner goes before
/// those.
using OwnersReliances = std::map<object::ObjectRef, std::set<object::ObjectRef>>;

template <class T>
void note_reliances(T const& object, std::set<object::ObjectRef> const& dropped,
                    OwnersReliances& out) {
    auto const held_by = owner(object);
    if (!held_by || !dropped.contains(*held_by)) return;
    for (auto const& other : others_of(object, *held_by)) {
        if (dropped.contains(other)) out[whole(*held_by)].insert(other);
    }
    // A policy of a table that goes, and a column of another one.
    for (auto const& needed : references(object)) {
        auto const is_part = needed.aspect == object::DependencyKind::column;
        if (is_part && needed.name != held_by->name && dropped.contains(needed))
            out[whole(*held_by)].insert(needed);
    }
}

OwnersReliances reliances_of_owners(Steps const& steps, std::set<object::ObjectRef> const& dropped,
                                    Reliances const& reliances) {
    OwnersReliances result{};
    for (auto const& step : steps) {
        if (auto const* const definition = std::get_if<Drop<object::Definition>>(&step)) {
            note_reliances(definition->object, dropped, result);
        } else if (auto const* const index = std::get_if<Drop<object::Index>>(&step)) {
            if (!must_go_before(index->object, *owner(index->object), reliances))
                note_reliances(index->object, dropped, result);
        }
    }
    return result;
}

/// Does what hangs on `one` rely on the other?
bool wait_for(object::ObjectRef const& one, object::ObjectRef const& other,
              OwnersReliances const& owners) {
    auto const found = owners.find(one);
    return found != owners.end() && found->second.contains(other);
}

/// By what hangs on them, each of two would have to go before the other.
bool wait_for_each_other(object::Definition const& object, object::ObjectRef const& held_by,
                         OwnersReliances const& owners) {
    auto const others = others_of(object, held_by);
    return std::any_of(others.begin(), others.end(), [&](object::ObjectRef const& other) {
        return wait_for(other, whole(held_by), owners);
    });
}

void let_owners_go_first(OwnersReliances const& owners, Steps& steps) {
    if (owners.empty()) return;
    auto const add = overloaded{[&]<class T>(Drop<T>& step) {
                                    auto const found = owners.find(self(step.object));
                                    if (found == owners.end()) return;
                                    if constexpr (requires { step.object.uses; }) {
                                        for (auto const& other : found->second) {
                                            if (!wait_for(other, self(step.object), owners))
                                                step.object.uses.push_back(other);
                                        }
                                    }
                                },
                                [](auto&) {}};
    for (auto& step : steps) std::visit(add, step);
}

/// An index, or a constraint by the name of its index, which no other may have in the schema.
template <class T>
object::ObjectRef by_index(T const& object) {
    if constexpr (std::same_as<T, object::Definition>) {
        auto const& id = object.id;
        if (object.definition_kind->has_index)
            return {object::ObjectKind::index, {id.name.schema, id.part}};
    }
    return self(object);
}

using Owners = std::map<object::ObjectRef, std::optional<object::ObjectRef>>;

/// What is made, and on what.
Owners made_owners(Steps const& steps) {
    Owners owners{};
    auto const note = overloaded{[&]<class T>(Create<T> const& step) {
                                     owners.emplace(by_index(step.object), owner(step.object));
                                 },
                                 [](auto const&) {}};
    for (auto const& step : steps) std::visit(note, step);
    return owners;
}

/// Its name is that of something on another object, which may be made before its own goes.
template <class T>
bool is_made_elsewhere(T const& object, Owners const& made) {
    auto const found = made.find(by_index(object));
    return found != made.end() && found->second != owner(object);
}

}  // namespace

Steps prune_implied_drops(Steps steps) {
    std::set<object::ObjectRef> dropped{}, of_heirs{};
    auto const collect =
        overloaded{[&]<class T>(Drop<T> const& step) { dropped.insert(self(step.object)); },
                   [](auto const&) {}};
    // Parts of tables own nothing but definitions.
    auto const drops_definitions = std::any_of(steps.begin(), steps.end(), [](Step const& step) {
        return std::holds_alternative<Drop<object::Definition>>(step);
    });
    for (auto const& step : steps) {
        std::visit(collect, step);
        auto const* const alter = std::get_if<Alter<object::Table>>(&step);
        if (alter != nullptr) {
            if (drops_definitions) collect_parts(*alter, dropped, of_heirs);
        } else if (auto const* const change = std::get_if<Alter<object::Definition>>(&step)) {
            auto const lost = lost_parts(change->from, change->to);
            dropped.insert(lost.begin(), lost.end());
        } else if (auto const* const rebuild = std::get_if<RebuildEnum>(&step)) {
            dropped.insert(self(rebuild->from));  // a new type takes its place
        }
    }
    auto const made = made_owners(steps);
    auto const retyped = drops_definitions ? retyped_by(steps) : std::set<object::ObjectRef>{};
    auto const reliances = drops_definitions ? reliances_of_dropped(steps) : Reliances{};
    of_heirs.insert(dropped.begin(), dropped.end());
    auto const owners =
        drops_definitions ? reliances_of_owners(steps, of_heirs, reliances) : OwnersReliances{};
    // A part of a type goes with the type.
    auto const goes = [&](object::ObjectRef const& it) {
        return dropped.contains(it) ||
               (it.kind == object::ObjectKind::enum_ && dropped.contains(whole(it)));
    };
    auto const goes_with_owner = overloaded{
        [&]<class T>(Drop<T> const& step) {
            auto const held_by = owner(step.object);
            if (!held_by || !goes(*held_by) || must_go_before(step.object, *held_by, reliances) ||
                (drops_definitions && is_made_elsewhere(step.object, made)) ||
                reads_one_of(retyped, step.object, *held_by))
                return false;
            if constexpr (std::same_as<T, object::Definition>)
                return !wait_for_each_other(step.object, *held_by, owners);
            return true;
        },
        [](auto const&) { return false; }};
    std::erase_if(steps, [&](Step const& step) { return std::visit(goes_with_owner, step); });
    let_owners_go_first(owners, steps);
    return steps;
}

}  // namespace cm::schema
