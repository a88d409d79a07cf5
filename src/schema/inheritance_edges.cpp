// See inheritance_edges.hpp.
#include "schema/inheritance_edges.hpp"

#include <algorithm>
#include <set>

#include "base/contains.hpp"
#include "object/definition/kinds.hpp"
#include "schema/index_parts.hpp"
#include "schema/stages.hpp"

namespace cm::schema {
namespace {

/// Of which table an index, a key or a definition is.
sql::QualifiedName table_of(Step const& step) {
    return std::visit(
        [](auto const& s) {
            auto const& object = placed_object(s);
            using T = std::decay_t<decltype(object)>;
            if constexpr (std::same_as<T, object::ForeignKey>) {
                return object.name.table;
            } else {
                auto const held_by = owner(object);
                auto const is_held = held_by && held_by->kind == object::ObjectKind::table;
                return is_held ? held_by->name : sql::QualifiedName{};
            }
        },
        step);
}

bool comes_back(Alter<object::Table> const& leaver, Steps const& steps) {
    return std::any_of(steps.begin(), steps.end(), [&](Step const& step) {
        auto const* const alter = std::get_if<Alter<object::Table>>(&step);
        return alter != nullptr && alter->to.name == leaver.from.name &&
               alter->to.parents == leaver.from.parents;
    });
}

/// What a table leaves, as far as it is a table.
std::set<sql::QualifiedName> left_tables(Effects const& effects) {
    std::set<sql::QualifiedName> tables{};
    for (auto const& reference : effects.lets_go) {
        if (reference.kind == object::ObjectKind::table) tables.insert(reference.name);
    }
    return tables;
}

/// A step by which a table leaves others, and whether it comes back to them.
struct Departure {
    std::size_t step{};
    std::set<sql::QualifiedName> left{};
    bool is_back{};
};

std::vector<Departure> departures_of(Steps const& steps, std::vector<Effects> const& all) {
    std::vector<Departure> departures{};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const* const alter = std::get_if<Alter<object::Table>>(&steps[i]);
        if (alter != nullptr && leaves_parents(*alter))
            departures.push_back({i, left_tables(all[i]), comes_back(*alter, steps)});
    }
    return departures;
}

/// Until a table leaves its parents, what is on them and what is on it are parts of each other.
/// Keys that refer to a table that is without a partition for a while are gone before anything
/// leaves (schema/leaving).
void add_leavers(Steps const& steps, std::vector<Effects> const& all, StepEdges& edges) {
    auto const departures = departures_of(steps, all);
    std::set<sql::QualifiedName> shaken{};
    for (auto const& departure : departures) {
        if (departure.is_back) shaken.insert(departure.left.begin(), departure.left.end());
    }
    for (auto const& [i, left, is_back] : departures) {
        auto tables = left;
        tables.insert(std::get<Alter<object::Table>>(steps[i]).from.name);
        for (std::size_t j = 0; j < steps.size(); ++j) {
            auto const is_on_it = tables.contains(table_of(steps[j]));
            auto const* const key = std::get_if<Drop<object::ForeignKey>>(&steps[j]);
            auto const* const referenced = key == nullptr ? nullptr : &key->object.referenced_table;
            if (referenced != nullptr && ((is_back && tables.contains(*referenced)) ||
                                          (is_on_it && shaken.contains(*referenced)))) {
                edges.emplace_back(j, i);
            } else if (is_on_it) {
                edges.emplace_back(i, j);
            }
        }
    }
}

/// Tables that inherit are changed with their parents, and become what they are to be behind them
/// (schema/inheritance).
void add_parents(Steps const& steps, StepEdges& edges) {
    auto const is_at_once = [](Alter<object::Table> const* alter) {
        return alter != nullptr && !is_loosening(*alter) && !is_tightening(*alter);
    };
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const* const parent = std::get_if<Alter<object::Table>>(&steps[i]);
        if (!is_at_once(parent) || parent->from.heirs.empty()) continue;
        for (std::size_t j = 0; j < steps.size(); ++j) {
            auto const* const child = std::get_if<Alter<object::Table>>(&steps[j]);
            if (is_at_once(child) && child->from.parents == child->to.parents &&
                cm::contains(parent->from.heirs, child->from.name))
                edges.emplace_back(i, j);
        }
    }
}

/// The tables whose rows are there when this one has come to its parents.
std::set<sql::QualifiedName> completed_tables(Alter<object::Table> const& joiner,
                                              Steps const& steps, std::vector<Effects> const& all) {
    std::set<sql::QualifiedName> tables(joiner.to.parents.begin(), joiner.to.parents.end());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const* const alter = std::get_if<Alter<object::Table>>(&steps[i]);
        if (alter != nullptr && alter->from.name == joiner.to.name && leaves_parents(*alter))
            tables.merge(left_tables(all[i]));
    }
    return tables;
}

/// The state of a partition's trigger that is its parent's, and a comment on it.
bool is_of_clone(Step const& step) {
    if (auto const* const alter = std::get_if<Alter<object::Definition>>(&step))
        return alter->to.definition_kind == &object::trigger_kind;
    auto const* const create = std::get_if<Create<object::Definition>>(&step);
    return create != nullptr && create->object.owned_by &&
           create->object.owned_by->kind == object::ObjectKind::trigger;
}

/// What refers to a partitioned table finds the rows of its partitions there, and those of theirs.
/// Triggers come with a parent.
void add_joiners(Steps const& steps, std::vector<Effects> const& all, StepEdges& edges) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const* const alter = std::get_if<Alter<object::Table>>(&steps[i]);
        if (alter == nullptr || !is_partition(alter->to) ||
            alter->from.parents == alter->to.parents)
            continue;
        auto const completed = completed_tables(*alter, steps, all);
        for (std::size_t j = 0; j < steps.size(); ++j) {
            auto const* const key = std::get_if<Create<object::ForeignKey>>(&steps[j]);
            auto const refers = key != nullptr && key->object.name.table != alter->to.name &&
                                completed.contains(key->object.referenced_table);
            if (refers || is_of_clone(steps[j])) edges.emplace_back(i, j);
        }
    }
}

/// What inherits from a table and goes need not become another one with it; it may not even be able
/// to.
void add_heirs_that_go(Steps const& steps, StepEdges& edges) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const* const alter = std::get_if<Alter<object::Table>>(&steps[i]);
        if (alter == nullptr || alter->from.heirs.empty()) continue;
        auto const needed = references(alter->from);
        for (std::size_t j = 0; j < steps.size(); ++j) {
            auto const* const drop = std::get_if<Drop<object::Table>>(&steps[j]);
            if (drop == nullptr) continue;
            if (cm::contains(alter->from.heirs, drop->object.name) &&
                !cm::contains(needed, self(drop->object)))
                edges.emplace_back(j, i);
        }
    }
}

/// A new table has the columns of its parents, which may lose some for a while in stages.
void add_new_heirs(Steps const& steps, StepEdges& edges) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const* const create = std::get_if<Create<object::Table>>(&steps[i]);
        if (create == nullptr || create->object.parents.empty()) continue;
        for (std::size_t j = 0; j < steps.size(); ++j) {
            auto const* const alter = std::get_if<Alter<object::Table>>(&steps[j]);
            if (alter == nullptr || !is_tightening(*alter)) continue;
            auto above = alter->from.heirs;
            above.push_back(alter->from.name);
            if (std::ranges::find_first_of(above, create->object.parents) != above.end())
                edges.emplace_back(j, i);
        }
    }
}

}  // namespace

void add_inheritance(Steps const& steps, std::vector<Effects> const& all, StepEdges& edges) {
    add_leavers(steps, all, edges);
    add_parents(steps, edges);
    add_joiners(steps, all, edges);
    add_heirs_that_go(steps, edges);
    add_new_heirs(steps, edges);
}

}  // namespace cm::schema
