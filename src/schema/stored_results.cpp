// See stored_results.hpp.
#include "schema/stored_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "schema/step_list.hpp"

namespace cm::schema {
namespace {

using object::Definition;
using object::ObjectKind;
using object::ObjectRef;
using Routines = std::set<ObjectRef>;

bool calls(object::References const& uses, Routines const& routines) {
    return std::any_of(uses.begin(), uses.end(),
                       [&](ObjectRef const& it) { return routines.contains(it); });
}

/// With those whose bodies call it, as far as the catalog knows.
Routines with_callers(Schema const& schema, ObjectRef const& routine) {
    Routines all{routine};
    for (auto known = all.size() + 1; known != all.size();) {
        known = all.size();
        for (auto const& [id, definition] : schema.definitions) {
            if (id.kind == ObjectKind::routine && calls(definition.uses, all)) all.insert(id);
        }
    }
    return all;
}

void add_generated(object::Table const& table, Routines const& routines,
                   std::vector<std::string>& out) {
    for (auto const& use : table.column_uses) {
        auto const* const column = find_column(table, use.column);
        if (column != nullptr && column->is_generated && routines.contains(use.on))
            out.push_back(fmt::format("the column `{}` of `{}`", use.column, table.name.name));
    }
}

std::vector<std::string> stored_in(Schema const& from, Steps const& steps,
                                   Routines const& routines) {
    std::vector<std::string> all{};
    for (auto const& [name, index] : from.indexes) {
        if (calls(index.uses, routines) && !is_dropped(steps, index))
            all.push_back(fmt::format("the index `{}`", name.name));
    }
    for (auto const& [name, table] : from.tables) {
        if (!is_dropped(steps, table)) add_generated(table, routines, all);
    }
    for (auto const& [id, definition] : from.definitions) {
        auto const is_of_rows = id.kind == ObjectKind::constraint;
        if (is_of_rows && calls(definition.uses, routines) && !is_dropped(steps, definition))
            all.push_back(fmt::format("the {} `{}`", title_of(definition), id.part));
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

}  // namespace

void note_stored_results(Schema const& from, Steps& steps) {
    for (auto& step : steps) {
        auto* const alter = std::get_if<Alter<Definition>>(&step);
        if (alter == nullptr || alter->to.id.kind != ObjectKind::routine) continue;
        if (has_same_text(alter->from, alter->to)) continue;
        alter->to.stored_in = stored_in(from, steps, with_callers(from, alter->from.id));
    }
}

}  // namespace cm::schema
