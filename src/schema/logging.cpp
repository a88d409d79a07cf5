// See logging.hpp.
#include "schema/logging.hpp"

#include <map>

#include "object/definition/kinds.hpp"
#include "schema/step_list.hpp"

namespace cm::schema {
namespace {

using object::Definition;
using Changes = std::map<sql::QualifiedName, Alter<object::Table>*>;

Changes changes_of_logging(Steps& steps) {
    Changes changes{};
    for (auto& step : steps) {
        auto* const alter = std::get_if<Alter<object::Table>>(&step);
        if (alter == nullptr || !alter->from.details || !alter->to.details) continue;
        if (alter->from.details->is_unlogged != alter->to.details->is_unlogged)
            changes.emplace(alter->to.name, alter);
    }
    return changes;
}

void order_by_keys(Schema const& to, Changes const& changes) {
    for (auto const& [name, key] : to.foreign_keys) {
        auto const at = changes.find(key.name.table);
        if (at == changes.end() || !changes.contains(key.referenced_table) ||
            key.referenced_table == key.name.table)
            continue;
        auto& side = at->second->to.details->is_unlogged ? at->second->from : at->second->to;
        side.uses.push_back(logging_of(key.referenced_table));
    }
}

void part_sequences(Schema const& from, Schema const& to, Changes const& changes, Steps& steps) {
    Steps more{};
    for (auto const& [id, owner] : from.definitions) {
        if (owner.definition_kind != &object::sequence_owner_kind) continue;
        auto const* const now = to.definitions.find(id);
        if (now == nullptr || !changes.contains({owner.shape.at(2), owner.shape.at(3)})) continue;
        if (is_dropped(steps, owner)) continue;
        more.push_back(Drop<Definition>{owner});
        more.push_back(Create<Definition>{*now});
    }
    std::move(more.begin(), more.end(), std::back_inserter(steps));
}

}  // namespace

object::ObjectRef logging_of(sql::QualifiedName const& table) {
    return {object::ObjectKind::table, table, object::DependencyKind::object, "logging"};
}

Steps settle_logging(Schema const& from, Schema const& to, Steps steps) {
    auto const changes = changes_of_logging(steps);
    if (changes.empty()) return steps;
    order_by_keys(to, changes);
    part_sequences(from, to, changes, steps);
    return steps;
}

}  // namespace cm::schema
