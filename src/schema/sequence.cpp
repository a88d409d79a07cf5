// The order of steps: edges are derived from what each step frees, takes, needs and provides; see
// sequence.hpp.
#include "schema/sequence.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/contains.hpp"
#include "base/diagnostic.hpp"
#include "base/graph.hpp"
#include "base/stopover.hpp"
#include "schema/circles.hpp"
#include "schema/inheritance_edges.hpp"
#include "schema/inherited_checks.hpp"
#include "schema/prisma_order.hpp"
#include "schema/soft_edges.hpp"
#include "schema/stages.hpp"
#include "schema/step_effects.hpp"
#include "schema/step_list.hpp"
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
    // A partition is attached when it is whole.
    auto const is_attached = step.from.parents.size() < step.to.parents.size();
    if (is_tightening(step)) return is_attached ? 5 : 4;
    return gets_last_name(step) ? 2 : 1;
}

int stage(Alter<object::Definition> const& step) {
    return is_loosening(step) ? 0 : is_tightening(step) ? 4 : 1;
}

/// A table that others are to have columns of again.
bool needs_column(object::References const& needs, ObjectRef const& column) {
    return std::any_of(needs.begin(), needs.end(), [&](ObjectRef const& need) {
        if (need == column) return true;
        return need.kind == ObjectKind::table && need.name == column.name &&
               (need.part == column.part || need.aspect == object::DependencyKind::key);
    });
}

/// PostgreSQL makes a key anew under the type of a column that it includes, if no foreign key
/// relies on it.
bool refers_to(Step const& step, sql::QualifiedName const& table) {
    auto const* const create = std::get_if<Create<object::ForeignKey>>(&step);
    return create != nullptr && create->object.referenced_table == table;
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

/// In each stage, a parent comes before those that inherit from it, which are changed with it.
void add_stages_of_parents(Steps const& steps, Edges& edges) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const* const child = std::get_if<Alter<object::Table>>(&steps[i]);
        if (child == nullptr || child->from.parents.empty() ||
            child->from.parents != child->to.parents)
            continue;
        if (!is_loosening(*child) && !is_tightening(*child)) continue;
        for (std::size_t j = 0; j < steps.size(); ++j) {
            auto const* const parent = std::get_if<Alter<object::Table>>(&steps[j]);
            if (parent != nullptr && cm::contains(child->from.parents, parent->from.name) &&
                stage(*parent) == stage(*child))
                edges.emplace_back(j, i);
        }
    }
}

bool has_columns_of(sql::QualifiedName const& table, RebuildEnum const& rebuild) {
    return std::any_of(rebuild.columns.begin(), rebuild.columns.end(),
                       [&](EnumColumn const& column) { return column.table == table; });
}

/// A table that goes with columns of the type, which the rebuilding leaves out.
bool goes_before(object::Table const& table, RebuildEnum const& rebuild) {
    auto const needed = references(table);
    return cm::contains(needed, self(rebuild.from)) && !has_columns_of(table.name, rebuild);
}

/// A table that goes, and columns of which the rebuilding takes along, as Prisma writes it.
bool is_rebuilt_with_its_columns(Step const& goes, Step const& change) {
    auto const* const drop = std::get_if<Drop<object::Table>>(&goes);
    auto const* const rebuild = std::get_if<RebuildEnum>(&change);
    return drop != nullptr && rebuild != nullptr && has_columns_of(drop->object.name, *rebuild);
}

/// A foreign key that is made again, and refers to a table whose keys the rebuilding may make anew.
bool lets_key_go(Steps const& steps, std::size_t at, RebuildEnum const& rebuild) {
    auto const* const drop = std::get_if<Drop<object::ForeignKey>>(&steps[at]);
    return drop != nullptr && is_created(steps, drop->object) &&
           std::any_of(rebuild.columns.begin(), rebuild.columns.end(),
                       [&](EnumColumn const& column) {
                           return column.stays && column.table == drop->object.referenced_table;
                       });
}

/// A table becomes another one when the types of its columns have been rebuilt.
void add_rebuilds(Steps const& steps, Edges& edges) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const* const rebuild = std::get_if<RebuildEnum>(&steps[i]);
        if (rebuild == nullptr) continue;
        for (std::size_t j = 0; j < steps.size(); ++j) {
            auto const* const drop = std::get_if<Drop<object::Table>>(&steps[j]);
            if (drop != nullptr && goes_before(drop->object, *rebuild)) edges.emplace_back(j, i);
            auto const* const alter = std::get_if<Alter<object::Table>>(&steps[j]);
            if (lets_key_go(steps, j, *rebuild)) edges.emplace_back(j, i);
            if (alter == nullptr) continue;
            // What leaves its parents has columns of its own from then on.
            if (leaves_parents(*alter) && has_columns_of(alter->from.name, *rebuild))
                edges.emplace_back(j, i);
            if (is_loosening(*alter)) continue;
            auto const is_of_it = [&](EnumColumn const& column) {
                return column.table == alter->from.name && !column.stays;
            };
            if (std::any_of(rebuild->columns.begin(), rebuild->columns.end(), is_of_it))
                edges.emplace_back(i, j);
        }
    }
}

/// A check of a parent that is made or goes.
template <class T>
object::Definition const* check_in(Step const& step) {
    auto const* const found = std::get_if<T>(&step);
    auto const is_check = found != nullptr && found->object.definition_kind->is_handed_down;
    return is_check ? &found->object : nullptr;
}

/// What happens to a check of a child, and to the child itself, does so while its parents have none
/// (schema/inherited_checks).
void add_inherited_checks(Steps const& steps, std::vector<Effects> const& all, Edges& edges) {
    auto const waits = [&](std::size_t i, object::Definition const& above) {
        auto const relies = [&](object::References const& references) {
            return std::find(references.begin(), references.end(), checks_above(above.id.name)) !=
                   references.end();
        };
        if (!relies(all[i].needs) && !relies(all[i].needed_before)) return false;
        auto const* check = check_in<Create<object::Definition>>(steps[i]);
        if (check == nullptr) check = check_in<Drop<object::Definition>>(steps[i]);
        return check == nullptr || check->id.part == above.id.part;
    };
    for (std::size_t j = 0; j < steps.size(); ++j) {
        auto const* const made = check_in<Create<object::Definition>>(steps[j]);
        auto const* const gone = check_in<Drop<object::Definition>>(steps[j]);
        if (made == nullptr && gone == nullptr) continue;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (i == j || !waits(i, made != nullptr ? *made : *gone)) continue;
            if (made != nullptr) edges.emplace_back(i, j);
            if (gone != nullptr) edges.emplace_back(j, i);
        }
    }
}

bool has_key_columns(object::Index const& index, object::ForeignKey const& key) {
    return index.table == key.referenced_table &&
           std::ranges::is_permutation(index.columns, key.referenced_columns, {},
                                       &object::IndexColumn::name);
}

/// PostgreSQL takes the oldest index that fits for a foreign key, be it one that is to go.
void add_rival_keys(Steps const& steps, Edges& edges) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const* const drop = std::get_if<Drop<object::Index>>(&steps[i]);
        if (drop == nullptr || !drop->object.is_unique || drop->object.predicate) continue;
        for (std::size_t j = 0; j < steps.size(); ++j) {
            auto const* const create = std::get_if<Create<object::ForeignKey>>(&steps[j]);
            if (create != nullptr && has_key_columns(drop->object, create->object))
                edges.emplace_back(i, j);
        }
    }
}

Edges derive_edges(Steps const& steps) {
    std::vector<Effects> all{};
    Index providers{}, removers{}, disturbers{}, changers{};
    std::multimap<sql::QualifiedName, std::size_t> takers{};
    // Changes of columns are waited for by what is on them, which indexes alone need not be told.
    auto const drops_definitions = std::any_of(steps.begin(), steps.end(), [](Step const& step) {
        auto const* const table = std::get_if<Drop<object::Table>>(&step);
        return std::holds_alternative<Drop<object::Definition>>(step) ||
               (table != nullptr && !table->object.uses.empty());
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
    add_stages_of_parents(steps, edges);
    add_inheritance(steps, all, edges);
    add_rebuilds(steps, edges);
    add_rival_keys(steps, edges);
    add_inherited_checks(steps, all, edges);
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
        if (std::holds_alternative<Drop<object::Definition>>(steps[i]) ||
            std::holds_alternative<Drop<object::Index>>(steps[i]) ||
            std::holds_alternative<Drop<object::Table>>(steps[i])) {
            for (auto const& need : all[i].needed_before) {
                auto const [begin, end] = changers.equal_range(need);
                for (auto at = begin; at != end; ++at) {
                    if (!is_rebuilt_with_its_columns(steps[i], steps[at->second]))
                        add(i, at->second);
                }
            }
        }
        for (auto const& reference : all[i].lets_go) {
            for_each_under(providers, reference, [&](auto j) { add(i, j); });
        }
        for (auto const& column : all[i].completes) {
            for (std::size_t j = 0; j < steps.size(); ++j) {
                if (!is_change_of(steps[j], column.name) &&
                    (needs_column(all[j].needs, column) || refers_to(steps[j], column.name)))
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
        auto const is_made = !std::holds_alternative<Drop<object::Definition>>(steps[before]);
        if (is_made && places[before] > places[after]) leave_unchecked(steps[after]);
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
