// See circles.hpp.
#include "schema/circles.hpp"

#include <algorithm>

#include "base/stopover.hpp"
#include "schema/loosened.hpp"

namespace cm::schema {
namespace {

using object::ColumnUse;
using object::Definition;
using object::ObjectKind;
using object::ObjectRef;
using object::Table;
using Seeds = std::set<ObjectRef>;

void add_self(Step const& step, Seeds& involved) {
    match(
        step, [&]<class T>(Create<T> const& s) { involved.insert(self(s.object)); },
        [&]<class T>(Drop<T> const& s) { involved.insert(self(s.object)); },
        [&]<class T>(Alter<T> const& s) { involved.insert(self(s.to)); }, [](auto const&) {});
}

/// The rest that waits for none of the others; none if there is no such rest.
std::optional<Table> without(Table const& table, Seeds const& involved) {
    auto rest = rest_of(table, {}, [&](ColumnUse const& use) {
        return use.is_of_expression && involved.contains(use.on);
    });
    if (table.is_loose || rest == table) return {};
    return rest;
}

std::optional<Definition> without(Definition const& object, Seeds const& involved) {
    if (object.is_loose || object.definition_kind->loosened == nullptr) return {};
    auto rest = rest_of(object);
    auto const lets_go = [&](ObjectRef const& use) {
        return use.kind != ObjectKind::table && involved.contains(use) &&
               std::find(rest.uses.begin(), rest.uses.end(), use) == rest.uses.end();
    };
    if (std::none_of(object.uses.begin(), object.uses.end(), lets_go)) return {};
    return rest;
}

template <class T>
concept HasStages = std::same_as<T, Table> || std::same_as<T, Definition>;

template <class T>
Steps split(Create<T> const& step, Seeds const& involved) {
    if constexpr (HasStages<T>) {
        if (auto const rest = without(step.object, involved))
            return {Create<T>{*rest}, Alter<T>{*rest, step.object}};
    }
    return {};
}

template <class T>
Steps split(Drop<T> const& step, Seeds const& involved) {
    if constexpr (HasStages<T>) {
        if (auto const rest = without(step.object, involved))
            return {Alter<T>{step.object, *rest}, Drop<T>{*rest}};
    }
    return {};
}

/// By way of a name that is free.
template <class T>
Steps rename_by_stopover(Alter<T> const& step) {
    auto between = step.to;
    if constexpr (std::same_as<T, Table>) {
        auto& key = between.primary_key;
        auto const& old = step.from.primary_key;
        if (!key || !old || key->name == old->name || is_stopover(key->name) ||
            is_stopover(old->name))
            return {};
        key->name = stopover(key->name);
    } else if constexpr (std::same_as<T, object::Index> || std::same_as<T, object::ForeignKey>) {
        if (step.from.name == step.to.name || is_stopover(step.from.name.name) ||
            is_stopover(step.to.name.name))
            return {};
        between.name.name = stopover(step.to.name.name);
    } else {
        return {};
    }
    return {Alter<T>{step.from, between}, Alter<T>{between, step.to}};
}

template <class T>
T loose(T object) {
    object.is_loose = true;
    return object;
}

template <class T>
Steps split(Alter<T> const& step, Seeds const& involved) {
    if constexpr (HasStages<T>) {
        if (step.from.is_loose || step.to.is_loose) return {};
        auto const from = without(step.from, involved), to = without(step.to, involved);
        if (from || to) {
            return stages(step.from, from.value_or(loose(step.from)), to.value_or(loose(step.to)),
                          step.to);
        }
    }
    return rename_by_stopover(step);
}

Steps split(RebuildEnum const& /*step*/, Seeds const& /*involved*/) {
    return {};
}

Steps split(ExchangeJoinColumns const& /*step*/, Seeds const& /*involved*/) {
    return {};
}

Steps split(RenameTable const& /*step*/, Seeds const& /*involved*/) {
    return {};
}

Steps split(RenameEnum const& /*step*/, Seeds const& /*involved*/) {
    return {};
}

Steps split(RenameDefinition const& /*step*/, Seeds const& /*involved*/) {
    return {};
}

Steps split(RenameNamespace const& /*step*/, Seeds const& /*involved*/) {
    return {};
}

}  // namespace

bool split_one(std::vector<std::size_t> const& loop, Steps& steps) {
    Seeds involved{};
    for (auto const node : loop) add_self(steps[node], involved);
    for (auto const node : loop) {
        auto parts =
            std::visit([&](auto const& step) { return split(step, involved); }, steps[node]);
        if (parts.empty()) continue;
        steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(node));
        std::move(parts.begin(), parts.end(), std::back_inserter(steps));
        return true;
    }
    return false;
}

}  // namespace cm::schema
