// The order of steps: edges are derived from what each step frees, takes, needs and provides; see
// sequence.hpp.
#include "schema/sequence.hpp"

#include <algorithm>
#include <map>

#include "base/diagnostic.hpp"
#include "base/graph.hpp"
#include "schema/circles.hpp"
#include "schema/prisma_order.hpp"
#include "schema/soft_edges.hpp"
#include "schema/stages.hpp"
#include "schema/step_effects.hpp"
#include "schema/summary.hpp"

namespace cm::schema {
namespace {

using object::ObjectKind;
using object::ObjectRef;

bool is_name(sql::QualifiedName const& name) {
    return !name.name.empty() && !is_stopover(name.name);
}

/// Of the changes of one table, which comes first. A name that is exchanged has been given up by
/// then.
int stage(Alter<object::Table> const& step) {
    if (is_loosening(step)) return 0;
    if (is_tightening(step)) return 4;
    return gets_last_name(step) ? 2 : 1;
}

int stage(Alter<object::Definition> const& step) {
    return is_loosening(step) ? 0 : is_tightening(step) ? 4 : 1;
}

/// A table that others are to have columns of again.
bool needs_column(object::References const& needs, ObjectRef const& column) {
    return std::any_of(needs.begin(), needs.end(), [&](ObjectRef const& need) {
        return need.kind == ObjectKind::table && need.name == column.name &&
               (need.part == column.part || need.aspect == object::DependencyKind::key);
    });
}

using Edges = StepEdges;
using Index = std::multimap<ObjectRef, std::size_t>;

/// Edges from (or to) all steps that `index` lists under `reference`.
template <class Add>
void for_each_under(Index const& index, ObjectRef const& reference, Add add) {
    auto const [begin, end] = index.equal_range(whole(reference));
    for (auto at = begin; at != end; ++at) {
        add(at->second);
    }
}

bool is_change_of(Step const& step, sql::QualifiedName const& table) {
    auto const* const alter = std::get_if<Alter<object::Table>>(&step);
    return alter != nullptr && alter->from.name == table;
}

/// The changes of one object in their order.
template <class T>
void add_stages(Steps const& steps, Edges& edges) {
    std::map<ObjectRef, std::vector<std::pair<int, std::size_t>>> changes{};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (auto const* const alter = std::get_if<Alter<T>>(&steps[i])) {
            changes[self(alter->to)].emplace_back(stage(*alter), i);
        } else if (auto const* const create = std::get_if<Create<T>>(&steps[i])) {
            if (create->object.is_loose) changes[self(create->object)].emplace_back(3, i);
        } else if (auto const* const drop = std::get_if<Drop<T>>(&steps[i])) {
            if (drop->object.is_loose) changes[self(drop->object)].emplace_back(2, i);
        }
    }
    for (auto& [object, all] : changes) {
        std::sort(all.begin(), all.end());
        for (std::size_t i = 1; i < all.size(); ++i) {
            edges.emplace_back(all[i - 1].second, all[i].second);
        }
    }
}

Edges derive_edges(Steps const& steps) {
    std::vector<Effects> all{};
    Index providers{}, removers{}, disturbers{}, changers{};
    std::multimap<sql::QualifiedName, std::size_t> takers{};
    // Changes of columns are only waited for by definitions.
    auto const drops_definitions = std::any_of(steps.begin(), steps.end(), [](Step const& step) {
        return std::holds_alternative<Drop<object::Definition>>(step);
    });
    for (std::size_t i = 0; i < steps.size(); ++i) {
        all.push_back(effects_of(steps[i]));
        auto const* const alter = std::get_if<Alter<object::Table>>(&steps[i]);
        if (drops_definitions && alter != nullptr) add_changed_columns(*alter, all.back());
        for (auto const& reference : all[i].provides) {
            providers.emplace(whole(reference), i);
        }
        for (auto const& reference : all[i].removes) {
            removers.emplace(whole(reference), i);
        }
        for (auto const& reference : all[i].disturbs) {
            disturbers.emplace(reference, i);
        }
        for (auto const& reference : all[i].frees_first) {
            changers.emplace(reference, i);
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
    add_stages<object::Table>(steps, edges);
    add_stages<object::Definition>(steps, edges);
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
        if (std::holds_alternative<Drop<object::Definition>>(steps[i])) {
            for (auto const& need : all[i].needed_before) {
                auto const [begin, end] = changers.equal_range(need);
                for (auto at = begin; at != end; ++at) add(i, at->second);
            }
        }
        for (auto const& reference : all[i].lets_go) {
            for_each_under(providers, reference, [&](auto j) { add(i, j); });
        }
        for (auto const& column : all[i].completes) {
            for (std::size_t j = 0; j < steps.size(); ++j) {
                if (!is_change_of(steps[j], column.name) && needs_column(all[j].needs, column))
                    add(i, j);
            }
        }
        // What is recreated goes before.
        for (auto const& reference : all[i].removes) {
            auto const [begin, end] = providers.equal_range(whole(reference));
            for (auto at = begin; at != end; ++at) add(i, at->second);
        }
        for (auto const& name : all[i].frees) {
            if (!is_name(name)) {
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

namespace {

Failure circle(CycleError const& cycle, Steps const& steps) {
    auto diagnostic = error("CM0310", "the changes depend on each other in a cycle");
    for (auto const node : cycle.nodes) {
        diagnostic.note("{}", title(steps[node]));
    }
    diagnostic.help("split the change into two migrations");
    return Failure(std::move(diagnostic));
}

/// Throws CycleError.
Steps in_order(Steps& steps) {
    Edges unkept{};
    auto const order = order_softly(steps.size(), derive_edges(steps), soft_edges(steps), unkept);
    std::vector<std::size_t> places(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) places[order[i]] = i;
    for (auto const& [before, after] : unkept) {
        if (places[before] > places[after]) leave_unchecked(steps[after]);
    }
    Steps ordered{};
    for (auto const index : order) ordered.push_back(std::move(steps[index]));
    return ordered;
}

}  // namespace

Steps sequence(Steps steps) {
    for (auto attempts = 2 * steps.size();; --attempts) {
        steps = in_prisma_order(std::move(steps));
        try {
            return in_order(steps);
        } catch (CycleError const& cycle) {
            if (attempts == 0 || !split_one(cycle.nodes, steps)) throw circle(cycle, steps);
        }
    }
}

StepEdges edges_of(Steps const& ordered) {
    auto edges = derive_edges(ordered);
    auto const soft = soft_edges(ordered);
    edges.insert(edges.end(), soft.begin(), soft.end());
    // A wish that the others did not allow.
    std::erase_if(edges, [](auto const& edge) { return edge.first > edge.second; });
    return edges;
}

}  // namespace cm::schema
