// See sql_homes.hpp.
#include "schema/pull/sql_homes.hpp"

#include "schema/step_effects.hpp"

namespace cm::schema {
namespace {

using object::ObjectKind;
using object::ObjectRef;

template <class T>
std::string_view file_place(T const& object) {
    if constexpr (std::same_as<T, object::Definition>) return object.definition_kind->place;
    if constexpr (requires { T::place; }) return T::place;
    return {};
}

/// As a reference to the whole of it, whatever aspect is meant.
ObjectRef object_of(ObjectRef reference) {
    if (reference.aspect == object::DependencyKind::object) return reference;
    return {reference.kind, std::move(reference.name)};
}

/// A partition is written with the table that it is a part of.
std::optional<ObjectRef> holder(object::Table const& table) {
    if (!table.details || table.details->bound.empty() || table.parents.empty()) return {};
    return ObjectRef{ObjectKind::table, table.parents.front()};
}

template <class T>
std::optional<ObjectRef> holder(T const& object) {
    auto held_by = owner(object);
    if (held_by) return object_of(std::move(*held_by));
    if (!file_place(object).empty()) return {};
    // What has the name of the relation that it is about.
    auto const own = self(object);
    return ObjectRef{ObjectKind::table, own.name};
}

}  // namespace

Homes::Homes(Schema const& schema) {
    for_each_kind([&](auto member) {
        for (auto const& [key, object] : schema.*member) {
            auto const own = self(object);
            if (auto const place = file_place(object); !place.empty()) places_.emplace(own, place);
            if (auto held_by = holder(object)) owners_.emplace(own, std::move(*held_by));
        }
    });
    for (auto const& [name, table] : schema.tables) {
        if (!table.primary_key) continue;
        owners_.emplace(ObjectRef{ObjectKind::index, {name.schema, table.primary_key->name}},
                        self(table));
    }
}

ObjectRef Homes::home_of(ObjectRef object) const {
    // What is no object of its own is a part of the relation whose name it has.
    auto const is_part = !object.part.empty() && !owners_.contains(object);
    if (is_part && !places_.contains(object)) object = {ObjectKind::table, object.name};
    for (auto found = owners_.find(object); found != owners_.end(); found = owners_.find(object)) {
        object = found->second;
    }
    return object;
}

ObjectRef Homes::of(Step const& step) const {
    return match(
        step, [&]<class T>(Create<T> const& s) { return home_of(self(s.object)); },
        [&]<class T>(Alter<T> const& s) { return home_of(self(s.to)); },
        [&]<class T>(Drop<T> const& s) { return home_of(self(s.object)); },
        [&](RebuildEnum const& s) { return home_of(self(s.to)); },
        [&](ExchangeJoinColumns const& s) { return home_of(self(s.object)); },
        [&](RenameTable const& s) { return home_of(self(s.from)); },
        [&](RenameEnum const& s) { return home_of(self(s.from)); },
        [&](RenameDefinition const& s) { return home_of(self(s.from)); },
        [&](RenameNamespace const& s) { return home_of(self(s.from)); });
}

std::string_view Homes::place(ObjectRef const& home) const {
    auto const found = places_.find(home);
    return found == places_.end() ? std::string_view{} : found->second;
}

}  // namespace cm::schema
