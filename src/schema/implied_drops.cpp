// See implied_drops.hpp.
#include "schema/implied_drops.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "schema/step_effects.hpp"

namespace cm::schema {
namespace {

void collect_parts(Alter<object::Table> const& step, std::set<object::ObjectRef>& dropped) {
    auto const add = [&](std::string const& column) {
        dropped.insert(
            {object::ObjectKind::table, step.from.name, object::DependencyKind::column, column});
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

/// What goes with one object, and another that goes which it relies on.
Reliances reliances_of_owners(Steps const& steps, std::set<object::ObjectRef> const& dropped) {
    Reliances result{};
    for (auto const& step : steps) {
        auto const* const drop = std::get_if<Drop<object::Definition>>(&step);
        if (drop == nullptr || !drop->object.owned_by) continue;
        for (auto const& needed : references(drop->object)) {
            auto const used = whole(needed);
            if (used != *drop->object.owned_by && dropped.contains(used))
                result.emplace(*drop->object.owned_by, used);
        }
    }
    return result;
}

/// Two tables whose policies read each other: neither can go before the other.
template <class T>
bool holds_each_other(T const& object, Reliances const& owners) {
    if constexpr (std::same_as<T, object::Definition>) {
        if (!object.owned_by || owners.empty()) return false;
        auto const needed = references(object);
        return std::any_of(needed.begin(), needed.end(), [&](object::ObjectRef const& it) {
            return owners.contains({whole(it), *object.owned_by});
        });
    }
    return false;
}

}  // namespace

Steps prune_implied_drops(Steps steps) {
    std::set<object::ObjectRef> dropped{};
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
            if (drops_definitions) collect_parts(*alter, dropped);
        } else if (auto const* const rebuild = std::get_if<RebuildEnum>(&step)) {
            dropped.insert(self(rebuild->from));  // a new type takes its place
        }
    }
    auto const reliances = drops_definitions ? reliances_of_dropped(steps) : Reliances{};
    auto const owners = drops_definitions ? reliances_of_owners(steps, dropped) : Reliances{};
    auto const goes_with_owner =
        overloaded{[&]<class T>(Drop<T> const& step) {
                       auto const held_by = owner(step.object);
                       return held_by && dropped.contains(*held_by) &&
                              !must_go_before(step.object, *held_by, reliances) &&
                              !holds_each_other(step.object, owners);
                   },
                   [](auto const&) { return false; }};
    std::erase_if(steps, [&](Step const& step) { return std::visit(goes_with_owner, step); });
    return steps;
}

}  // namespace cm::schema
