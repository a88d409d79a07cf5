// Names that are given to something which has another one, judged together.
#pragma once
#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "schema/step.hpp"

namespace cm::schema {

/// Former names by the new one, the last one first.
template <class Name>
using Wishes = std::map<Name, std::vector<Name>>;

template <class Name>
using Acting = std::map<Name, Name>;  ///< the old name by the new one

/// The old name that the new one is to be made of: there today, and not declared still unless it is
/// given to another.
template <class Name>
void choose(Wishes<Name> const& wishes, std::set<Name> const& today, Acting<Name>& acting) {
    for (auto const& wish : wishes) {
        auto const& name = wish.first;
        auto const& former = wish.second;
        auto const found = std::find_if(former.begin(), former.end(), [&](Name const& old) {
            return old != name && today.contains(old);
        });
        if (found != former.end()) acting.emplace(name, *found);
    }
}

template <class Name>
bool is_taken_away(Name const& name, Acting<Name> const& acting) {
    return std::any_of(acting.begin(), acting.end(),
                       [&](auto const& entry) { return entry.second == name; });
}

/// The names that change places with this one; none if it is in no such circle.
template <class Name>
std::set<Name> circle_of(Name const& name, Acting<Name> const& acting) {
    std::set<Name> circle{};
    for (auto at = name; circle.insert(at).second;) {
        auto const next = acting.find(at);
        if (next == acting.end()) return {};
        at = next->second;
        if (at == name) return circle;
    }
    return {};
}

/// `asked`: the new names of what is to be renamed this once. Only these may change places: before
/// and after look alike, and nothing else tells whether it was done.
template <class Name>
Acting<Name> acting_names(Wishes<Name> const& wishes, std::set<Name> const& today,
                          std::set<Name> const& declared, std::set<Name> const& asked = {}) {
    Acting<Name> acting{};
    choose(wishes, today, acting);
    auto const wished = acting;
    std::erase_if(acting, [&](auto const& entry) {
        auto const circle = circle_of(entry.first, wished);
        return !std::includes(asked.begin(), asked.end(), circle.begin(), circle.end());
    });
    for (auto is_done = false; !is_done;) {
        auto const before = acting.size();
        auto const all = acting;
        std::erase_if(acting, [&](auto const& entry) {
            auto const is_taken = today.contains(entry.first) && !is_taken_away(entry.first, all);
            auto const stays = declared.contains(entry.second) && !all.contains(entry.second);
            return is_taken || stays;
        });
        is_done = acting.size() == before;
    }
    return acting;
}

/// One after the other, so that each new name is free when its turn comes. `stopover`: a third name
/// for one of those that are exchanged.
template <class Name, class Stopover>
std::vector<std::pair<Name, Name>> in_order(Acting<Name> acting, Stopover stopover) {
    std::vector<std::pair<Name, Name>> steps{};
    while (!acting.empty()) {
        auto const free = std::find_if(acting.begin(), acting.end(), [&](auto const& entry) {
            return !is_taken_away(entry.first, acting);
        });
        if (free != acting.end()) {
            steps.emplace_back(free->second, free->first);
            acting.erase(free);
            continue;
        }
        auto& [name, old] = *acting.begin();
        auto const between = stopover(old);
        steps.emplace_back(old, between);
        old = between;
    }
    return steps;
}

/// One of the renames of an object, which may take several by way of a stopover.
struct OrderedRename {
    sql::QualifiedName first{};  ///< what it is called before all of them
    sql::QualifiedName old{}, now{};
};

/// Stopovers are those of schema/circles.
std::vector<OrderedRename> ordered_renames(Acting<sql::QualifiedName> const& acting);
std::vector<NameChange> ordered_changes(Acting<std::string> const& acting);

}  // namespace cm::schema
