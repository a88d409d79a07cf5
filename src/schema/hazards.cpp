// See hazards.hpp.
#include "schema/hazards.hpp"

#include <algorithm>
#include <set>

#include "schema/enum_rebuild.hpp"
#include "schema/join_sides.hpp"
#include "schema/renamed_probes.hpp"
#include "schema/renames.hpp"
#include "schema/step_list.hpp"

namespace cm::schema {
namespace {

using object::DependencyKind;
using object::ObjectKind;
using object::ObjectRef;

/// What the plan itself makes, and about which the server cannot be asked.
struct NewThings {
    std::set<ObjectRef>
        empty{};  ///< tables, views, and columns that hold nothing: no row stands in the way
    std::set<ObjectRef> filled{};  ///< columns that their default fills
};

void collect(object::Column const& column, sql::QualifiedName const& table, NewThings& out) {
    auto const is_filled =
        column.is_generated ||
        (column.default_value && std::holds_alternative<sql::Expression>(*column.default_value));
    (is_filled ? out.filled : out.empty)
        .insert({ObjectKind::table, table, DependencyKind::column, column.name});
}

/// The server would answer by the names that the columns have today; but where both had foreign
/// keys, and do so afterwards, no row can stand in the way.
void collect(ExchangeJoinColumns const& step, NewThings& out) {
    for (auto const* const column : {"A", "B"}) {
        (step.had_foreign_keys ? out.empty : out.filled)
            .insert({ObjectKind::table, step.object.name, DependencyKind::column, column});
    }
}

NewThings new_things(Steps const& plan) {
    NewThings made{};
    for (auto const& step : plan) {
        if (auto const* const create = std::get_if<Create<object::Table>>(&step)) {
            made.empty.insert(self(create->object));
        }
        if (auto const* const view = std::get_if<Create<object::Definition>>(&step)) {
            auto const& id = view->object.id;
            if (id.kind == ObjectKind::table && !is_dropped(plan, view->object))
                made.empty.insert(id);
        }
        if (auto const* const exchange = std::get_if<ExchangeJoinColumns>(&step)) {
            collect(*exchange, made);
        }
        auto const* const alter = std::get_if<Alter<object::Table>>(&step);
        if (alter == nullptr) continue;
        for (auto const& change : alter->changes()) {
            if (auto const* const column = std::get_if<Create<object::Column>>(&change)) {
                collect(column->object, alter->to.name, made);
            } else if (auto const* const replaced = std::get_if<object::ReplaceColumn>(&change)) {
                collect(replaced->to, alter->to.name, made);
            }
        }
    }
    return made;
}

sql::QualifiedName const& table_of(object::Index const& index) {
    return index.table;
}

sql::QualifiedName const& table_of(object::ForeignKey const& key) {
    return key.name.table;
}

/// A column of the key that holds nothing keeps rows from being duplicates; one in the condition of
/// an index does not.
bool is_in_key(object::ForeignKey const& /*key*/, ObjectRef const& /*reference*/) {
    return true;
}

bool is_in_key(object::Index const& index, ObjectRef const& reference) {
    return reference.aspect != DependencyKind::column ||
           std::any_of(index.columns.begin(), index.columns.end(),
                       [&](auto const& column) { return column.name == reference.part; });
}

/// Warnings are about the rows of the object's own table; another that it refers to may be new,
/// too.
template <class T>
void hazards_of_new(Create<T> const& step, NewThings const& made, object::Hazards& out) {
    if constexpr (requires { table_of(step.object); }) {
        auto can_be_asked = true;
        for (auto const& reference : references(step.object)) {
            auto const is_empty = made.empty.contains(reference);
            if (is_empty && reference.name == table_of(step.object) &&
                is_in_key(step.object, reference)) {
                return;
            }
            if (is_empty || made.filled.contains(reference)) can_be_asked = false;
        }
        hazards(step, out);
        if (can_be_asked) return;
        for (auto& hazard : out) hazard.probe.reset();
    } else {
        hazards(step, out);
    }
}

/// It asks nothing of rows that it did not ask before: neither its text nor a function in it is
/// another.
bool is_made_as_it_was(object::Definition const& object, Steps const& plan) {
    auto is_dropped = false;
    for (auto const& step : plan) {
        auto const* const drop = std::get_if<Drop<object::Definition>>(&step);
        if (drop == nullptr) continue;
        auto const& gone = drop->object;
        if (gone.id == object.id) is_dropped = has_same_text(gone, object);
        auto const is_called = std::find(object.uses.begin(), object.uses.end(), gone.id);
        if (gone.id.kind == ObjectKind::routine && is_called != object.uses.end()) return false;
    }
    return is_dropped;
}

/// On columns that hold nothing nearly all expressions are NULL, which is no violation.
void hazards_of_new(Create<object::Definition> const& step, NewThings const& made,
                    Steps const& plan, object::Hazards& out) {
    auto const& object = step.object;
    auto const needed = references(object);
    auto const is_new = [&](ObjectRef const& it) { return made.empty.contains(it); };
    if (std::any_of(needed.begin(), needed.end(), is_new)) return;
    if (is_made_as_it_was(object, plan)) return;
    hazards(step, out);
    auto const is_filled = [&](ObjectRef const& it) { return made.filled.contains(it); };
    if (std::none_of(needed.begin(), needed.end(), is_filled)) return;
    for (auto& hazard : out) hazard.probe.reset();
}

}  // namespace

std::vector<object::Hazards> hazards_of(Steps const& plan) {
    auto const asks_of_rows = [](Step const& step) {
        return std::holds_alternative<Create<object::Index>>(step) ||
               std::holds_alternative<Create<object::ForeignKey>>(step) ||
               std::holds_alternative<Create<object::Definition>>(step);
    };
    auto const made = std::ranges::any_of(plan, asks_of_rows) ? new_things(plan) : NewThings{};
    std::vector<object::Hazards> all{};
    for (auto const& step : plan) {
        auto& out = all.emplace_back();
        std::visit(overloaded{[&](Create<object::Definition> const& s) {
                                  hazards_of_new(s, made, plan, out);
                              },
                              [&]<class T>(Create<T> const& s) { hazards_of_new(s, made, out); },
                              [&](auto const& s) { hazards(s, out); }},
                   step);
    }
    ask_under_old_names(plan, all);
    return all;
}

}  // namespace cm::schema
