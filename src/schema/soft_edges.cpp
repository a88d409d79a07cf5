// See soft_edges.hpp.
#include "schema/soft_edges.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "base/graph.hpp"
#include "schema/stages.hpp"

namespace cm::schema {
namespace {

using object::Definition;
using object::ObjectKind;
using object::ObjectRef;

/// Of what expressions can name; empty for the rest. A routine's name has its argument types.
std::string name_of(ObjectRef const& object) {
    switch (object.kind) {
        case ObjectKind::table:
        case ObjectKind::enum_:
            return object.name.name;
        case ObjectKind::routine:
            return object.name.name.substr(0, object.name.name.rfind('('));
        default:
            return {};
    }
}

/// What comes back last (schema/stages) has been there all the time to who only names it.
template <class T>
std::string changed_name(Alter<T> const& step) {
    if constexpr (requires { step.to.is_loose; }) {
        if (is_tightening(step)) return {};
    }
    return name_of(self(step.to));
}

std::string made_name(Step const& step) {
    return match(
        step, []<class T>(Create<T> const& s) { return name_of(self(s.object)); },
        []<class T>(Alter<T> const& s) { return changed_name(s); },
        [](RebuildEnum const& s) { return name_of(self(s.to)); },
        [](auto const&) { return std::string{}; });
}

/// A Definition*, or one to const; null for other steps.
template <class MaybeConst>
auto made_definition(MaybeConst& step) -> decltype(&std::get<Create<Definition>>(step).object) {
    if (auto* const create = std::get_if<Create<Definition>>(&step)) return &create->object;
    if (auto* const alter = std::get_if<Alter<Definition>>(&step)) return &alter->to;
    return nullptr;
}

/// The soft edge of the loop, whose nodes follow their predecessors.
StepEdges::iterator find_in_loop(std::vector<std::size_t> const& loop, StepEdges& soft) {
    for (std::size_t i = 0; i < loop.size(); ++i) {
        auto const before = loop[(i + 1) % loop.size()];
        auto const found = std::find(soft.begin(), soft.end(), std::pair{before, loop[i]});
        if (found != soft.end()) return found;
    }
    return soft.end();
}

/// A call must not find both, that which goes and one of the same name with other arguments.
void add_replaced_routines(Steps const& steps, StepEdges& edges) {
    auto const place_of = [](Definition const& object) {
        return sql::QualifiedName{object.id.name.schema, name_of(object.id)};
    };
    std::multimap<sql::QualifiedName, std::size_t> dropped{};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const* const drop = std::get_if<Drop<Definition>>(&steps[i]);
        if (drop != nullptr && drop->object.id.kind == ObjectKind::routine)
            dropped.emplace(place_of(drop->object), i);
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const* const create = std::get_if<Create<Definition>>(&steps[i]);
        if (create == nullptr || create->object.id.kind != ObjectKind::routine) continue;
        auto const [begin, end] = dropped.equal_range(place_of(create->object));
        for (auto at = begin; at != end; ++at) edges.emplace_back(at->second, i);
    }
}

}  // namespace

StepEdges soft_edges(Steps const& steps) {
    StepEdges edges{};
    std::map<std::string, std::vector<std::size_t>> makers{};
    auto const names_others = [](Step const& step) {
        auto const* const made = made_definition(step);
        return made != nullptr && made->definition_kind->quoted_names != nullptr;
    };
    if (std::none_of(steps.begin(), steps.end(), names_others)) return edges;
    add_replaced_routines(steps, edges);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const name = made_name(steps[i]);
        if (!name.empty()) makers[name].push_back(i);
    }
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (!names_others(steps[i])) continue;
        auto const& made = *made_definition(steps[i]);
        for (auto const& name : made.definition_kind->quoted_names(made)) {
            auto const found = makers.find(name);
            if (found == makers.end()) continue;
            for (auto const j : found->second) {
                if (j != i) edges.emplace_back(j, i);
            }
        }
    }
    return edges;
}

std::vector<std::size_t> order_softly(std::size_t count, StepEdges const& hard, StepEdges soft,
                                      StepEdges& unkept) {
    for (;;) {
        auto edges = hard;
        edges.insert(edges.end(), soft.begin(), soft.end());
        try {
            return topological_order(count, edges);
        } catch (CycleError const& cycle) {
            auto const found = find_in_loop(cycle.nodes, soft);
            if (found == soft.end()) throw;
            unkept.push_back(*found);
            soft.erase(found);
        }
    }
}

void leave_unchecked(Step& step) {
    if (auto* const made = made_definition(step)) made->is_unchecked = true;
}

}  // namespace cm::schema
