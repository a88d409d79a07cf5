// See definition_renames.hpp.
#include "schema/definition_renames.hpp"

#include <algorithm>

#include "base/contains.hpp"
#include "base/stopover.hpp"
#include "schema/renamed.hpp"
#include "schema/said_names.hpp"

namespace cm::schema {
namespace {

using object::Definition;
using object::ObjectKind;
using object::ObjectRef;

bool has_former_names(Schema const& declared) {
    return std::any_of(declared.definitions.begin(), declared.definitions.end(),
                       [](auto const& entry) {
                           auto const& definition = entry.second;
                           return definition.former_names || !definition.former_parts.empty();
                       });
}

/// A routine keeps the types of its arguments.
std::string with_arguments_of(std::string name, ObjectRef const& object) {
    if (object.kind != ObjectKind::routine) return name;
    return name + object.name.name.substr(object.name.name.rfind('('));
}

Acting<ObjectRef> acting_definitions(Schema const& from, Schema const& to) {
    Said<ObjectRef> said{};
    for (auto const& [id, definition] : to.definitions) {
        auto const& former = definition.former_names;
        if (!former || !definition.definition_kind->is_named_by_others) continue;
        std::vector<ObjectRef> names{};
        for (auto& name : completed_names(*former, id.name.schema)) {
            name.name = with_arguments_of(std::move(name.name), id);
            names.push_back({id.kind, std::move(name), id.aspect, id.part});
        }
        said.add(id, *former, std::move(names));
    }
    if (said.wishes.empty()) return {};
    std::set<ObjectRef> today{}, declared{};
    for (auto const& [id, definition] : from.definitions) today.insert(id);
    for (auto const& [id, definition] : to.definitions) declared.insert(id);
    auto acting = acting_names(said.wishes, today, declared);
    std::erase_if(acting, [&](auto const& entry) {
        return from.definitions.find(entry.second)->definition_kind !=
               to.definitions.find(entry.first)->definition_kind;
    });
    refuse_copies(acting, "object",
                  [&](ObjectRef const& id) { return to.definitions.find(id)->origin; });
    return acting;
}

/// Under its new name, as it is printed then.
Definition under_name(Definition const& definition, ObjectRef const& id) {
    Schema alone{};
    alone.definitions.add(definition);
    auto named = definition;
    named.id = id;
    alone = renamed(std::move(alone), {RenameDefinition{definition, named, {}}});
    return *alone.definitions.find(id);
}

/// What was renamed so far: columns of tables and views, by the new names of these.
using RenamedColumns = std::map<sql::QualifiedName, std::vector<NameChange>>;

RenamedColumns renamed_columns_in(Steps const& steps) {
    RenamedColumns columns{};
    for (auto const& step : steps) {
        if (auto const* const table = std::get_if<RenameTable>(&step)) {
            if (!table->columns.empty()) columns[table->to] = table->columns;
        } else if (auto const* const definition = std::get_if<RenameDefinition>(&step)) {
            if (!definition->parts.empty() && definition->to.id.kind == ObjectKind::table)
                columns[definition->to.id.name] = definition->parts;
        }
    }
    return columns;
}

bool shows(Definition const& view, NameChange const& change, RenamedColumns const& columns) {
    return std::any_of(view.uses.begin(), view.uses.end(), [&](ObjectRef const& use) {
        auto const found = columns.find(use.name);
        return found != columns.end() && cm::contains(found->second, change);
    });
}

/// The columns of a view that are called as the renamed ones that they show.
void add_shown_columns(Definition const& before, std::vector<std::string> const& old,
                       std::vector<std::string> const& now, RenamedColumns const& columns,
                       Acting<std::string>& acting) {
    if (!before.definition_kind->is_query || old.size() != now.size()) return;
    for (std::size_t i = 0; i < old.size(); ++i) {
        if (cm::contains(now, old[i]) || cm::contains(old, now[i])) continue;
        if (shows(before, {old[i], now[i]}, columns)) acting.emplace(now[i], old[i]);
    }
}

std::vector<NameChange> renamed_parts(Definition const& before, Definition const& wanted,
                                      RenamedColumns const& columns) {
    auto const& kind = *wanted.definition_kind;
    if (kind.part_names == nullptr || before.definition_kind != &kind) return {};
    auto const old = kind.part_names(before), now = kind.part_names(wanted);
    if (old == now) return {};
    Said<std::string> said{};
    for (auto const& [name, former] : wanted.former_parts)
        said.add(name, former, plain_names(former));
    auto acting =
        acting_names<std::string>(said.wishes, {old.begin(), old.end()}, {now.begin(), now.end()});
    refuse_copies(acting, "part", [&](std::string const&) { return wanted.origin; });
    add_shown_columns(before, old, now, columns, acting);
    auto changes = ordered_changes(acting);
    // What is made again has its names from there.
    auto after = before;
    for (auto const& change : changes) kind.rename_part(after, change.from, change.to);
    if (strategy(after, wanted) == object::ChangeStrategy::recreate) return {};
    return changes;
}

/// One more step; false if there is none.
bool add_parts(Schema& reached, Schema const& to, std::set<ObjectRef>& done, Steps& steps) {
    auto const columns = renamed_columns_in(steps);
    for (auto const& [id, wanted] : to.definitions) {
        auto const* const before = reached.definitions.find(id);
        if (before == nullptr || done.contains(id)) continue;
        auto parts = renamed_parts(*before, wanted, columns);
        if (parts.empty()) continue;
        done.insert(id);
        Steps const step{RenameDefinition{*before, *before, std::move(parts)}};
        reached = renamed(std::move(reached), step);
        steps.push_back(step.front());
        return true;
    }
    return false;
}

}  // namespace

Steps namespace_renames(Schema const& from, Schema const& to) {
    Said<std::string> said{};
    std::set<std::string> today{}, declared{};
    for (auto const& [name, space] : to.namespaces) {
        declared.insert(name);
        if (space.former_names)
            said.add(name, *space.former_names, plain_names(*space.former_names));
    }
    if (said.wishes.empty()) return {};
    for (auto const& [name, space] : from.namespaces) today.insert(name);
    auto const acting = acting_names(said.wishes, today, declared);
    refuse_copies(acting, "schema",
                  [&](std::string const& name) { return to.namespaces.find(name)->origin; });
    Steps steps{};
    for (auto const& change : ordered_changes(acting)) {
        object::Namespace space{};
        space.name = change.from;
        steps.emplace_back(RenameNamespace{std::move(space), change.to});
    }
    return steps;
}

void add_definition_renames(Schema const& from, Schema const& to, Steps& steps) {
    if (from.definitions.empty() || (steps.empty() && !has_former_names(to))) return;
    auto reached = steps.empty() ? from : renamed(from, steps);
    auto const by_stopover = [](ObjectRef object) {
        object.name.name = stopover(object.name.name);
        return object;
    };
    for (auto const& [old, now] : in_order(acting_definitions(reached, to), by_stopover)) {
        auto const& before = *reached.definitions.find(old);
        Steps const step{RenameDefinition{before, under_name(before, now), {}}};
        reached = renamed(std::move(reached), step);
        steps.push_back(step.front());
    }
    // One view after those that it reads.
    for (std::set<ObjectRef> done{}; add_parts(reached, to, done, steps);) {
    }
}

}  // namespace cm::schema
