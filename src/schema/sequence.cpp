// The order of steps: edges are derived from what each step frees, takes, needs and provides; see
// sequence.hpp.
#include "schema/sequence.hpp"

#include <map>

#include "base/diagnostic.hpp"
#include "base/graph.hpp"
#include "schema/familiar_order.hpp"
#include "schema/summary.hpp"

namespace cm::schema {
namespace {

using object::ObjectKind;
using object::ObjectRef;

/// What of the world a step changes. Names of tables, indexes and types share one name space in a
/// schema (manual, CREATE TABLE, about the type that comes with each table).
struct Effects {
    std::vector<ObjectRef> provides{}, removes{}, needs{}, needed_before{};
    std::vector<ObjectRef> disturbs{};  ///< aspects that must be let go before
    std::vector<sql::QualifiedName> takes{}, frees{};
};

template <class T>
sql::QualifiedName relation_name(T const& object) {
    if constexpr (requires { object.name.schema; }) {
        return object.name;
    } else {
        return {};  // a name of another name space
    }
}

template <class T>
Effects effects(Create<T> const& step) {
    return {.provides = {self(step.object)},
            .needs = references(step.object),
            .takes = {relation_name(step.object)}};
}

template <class T>
Effects effects(Alter<T> const& step) {
    Effects result{.provides = {self(step.to)},
                   .needs = references(step.to),
                   .needed_before = references(step.from)};
    if (key(step.from) != key(step.to)) {
        result.takes = {relation_name(step.to)};
        result.frees = {relation_name(step.from)};
    }
    return result;
}

template <class T>
Effects effects(Drop<T> const& step) {
    return {.removes = {self(step.object)},
            .needed_before = references(step.object),
            .frees = {relation_name(step.object)}};
}

Effects effects(RebuildEnum const& step) {
    Effects result{.provides = {self(step.to)}};
    for (auto const& column : step.columns) {
        for (auto const aspect : {object::Aspect::type, object::Aspect::expression}) {
            result.disturbs.push_back({ObjectKind::table, column.table, aspect, column.column});
        }
    }
    return result;
}

Effects effects(ExchangeJoinColumns const& /*step*/) {
    return {};  // done before all else: schema/rank
}

std::vector<sql::QualifiedName> key_name(object::Table const& table) {
    if (!table.primary_key) return {};
    return {{table.name.schema, table.primary_key->name}};
}

/// The index of a primary key has a name among those of tables.
void add_key_names(Step const& step, Effects& effects) {
    std::vector<sql::QualifiedName> old{}, now{};
    if (auto const* const create = std::get_if<Create<object::Table>>(&step)) {
        now = key_name(create->object);
    } else if (auto const* const drop = std::get_if<Drop<object::Table>>(&step)) {
        old = key_name(drop->object);
    } else if (auto const* const alter = std::get_if<Alter<object::Table>>(&step)) {
        old = key_name(alter->from);
        now = key_name(alter->to);
    }
    if (old == now) return;
    effects.frees.insert(effects.frees.end(), old.begin(), old.end());
    effects.takes.insert(effects.takes.end(), now.begin(), now.end());
}

Effects effects_of(Step const& step) {
    auto result = std::visit([](auto const& s) { return effects(s); }, step);
    add_key_names(step, result);
    return result;
}

/// Objects as a whole: the order does not look at aspects.
ObjectRef whole(ObjectRef reference) {
    if (reference.kind != ObjectKind::foreign_key) {
        reference.part.clear();
    }
    reference.aspect = object::Aspect::object;
    return reference;
}

using Edges = std::vector<std::pair<std::size_t, std::size_t>>;
using Index = std::multimap<ObjectRef, std::size_t>;

/// Edges from (or to) all steps that `index` lists under `reference`.
template <class Add>
void for_each_under(Index const& index, ObjectRef const& reference, Add add) {
    auto const [begin, end] = index.equal_range(whole(reference));
    for (auto at = begin; at != end; ++at) {
        add(at->second);
    }
}

Edges derive_edges(Steps const& steps) {
    std::vector<Effects> all{};
    Index providers{}, removers{}, disturbers{};
    std::multimap<sql::QualifiedName, std::size_t> takers{};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        all.push_back(effects_of(steps[i]));
        for (auto const& reference : all[i].provides) {
            providers.emplace(whole(reference), i);
        }
        for (auto const& reference : all[i].removes) {
            removers.emplace(whole(reference), i);
        }
        for (auto const& reference : all[i].disturbs) {
            disturbers.emplace(reference, i);
        }
        for (auto const& name : all[i].takes) {
            takers.emplace(name, i);
        }
    }
    Edges edges{};
    auto const add = [&](std::size_t before, std::size_t after) {
        if (before != after) {
            edges.emplace_back(before, after);
        }
    };
    for (std::size_t i = 0; i < steps.size(); ++i) {
        // After what makes what it needs, before what takes away what it needed.
        for (auto const& need : all[i].needs) {
            for_each_under(providers, need, [&](auto j) { add(j, i); });
        }
        for (auto const& need : all[i].needed_before) {
            for_each_under(removers, need, [&](auto j) { add(i, j); });
        }
        for (auto const& need : all[i].needed_before) {
            auto const [begin, end] = disturbers.equal_range(need);
            for (auto at = begin; at != end; ++at) {
                add(i, at->second);
            }
        }
        for (auto const& name : all[i].frees) {
            if (name.name.empty()) {
                continue;
            }
            auto const [begin, end] = takers.equal_range(name);
            for (auto at = begin; at != end; ++at) {
                add(i, at->second);
            }
        }
    }
    return edges;
}

}  // namespace

Steps sequence(Steps steps) {
    steps = in_familiar_order(std::move(steps));
    try {
        Steps ordered{};
        for (auto const index : topological_order(steps.size(), derive_edges(steps))) {
            ordered.push_back(std::move(steps[index]));
        }
        return ordered;
    } catch (CycleError const& cycle) {
        auto diagnostic = error("CM0310", "the changes depend on each other in a loop");
        for (auto const node : cycle.nodes) {
            diagnostic.note("{}", title(steps[node]));
        }
        diagnostic.help("make the change in two migrations");
        throw Failure(std::move(diagnostic));
    }
}

}  // namespace cm::schema
