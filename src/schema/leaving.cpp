// See leaving.hpp. PostgreSQL manual, ALTER TABLE: what is detached keeps its indexes and
// constraints, those that were parts of its parent's included, but no triggers of it.
#include "schema/leaving.hpp"

#include <algorithm>
#include <set>

#include "base/contains.hpp"
#include "object/definition/kinds.hpp"
#include "schema/index_parts.hpp"
#include "schema/inherited_checks.hpp"

namespace cm::schema {
namespace {

using object::Definition;
using object::ObjectRef;
using object::Table;
using sql::QualifiedName;
using ParentNames = std::vector<QualifiedName>;

/// A parent that comes is the last one: of two in another order one must go first.
ParentNames kept_parents(Table const& from, Table const& now) {
    if (is_partition(from) || is_partition(now)) {
        auto const stays = from.parents == now.parents && from.details->bound == now.details->bound;
        return stays ? from.parents : ParentNames{};
    }
    ParentNames kept{};
    auto next = from.parents.begin();
    for (auto const& parent : now.parents) {
        auto const found = std::find(next, from.parents.end(), parent);
        if (found == from.parents.end()) break;
        kept.push_back(parent);
        next = std::next(found);
    }
    return kept;
}

bool leaves(Table const& table, Schema const& to) {
    auto const* const now = to.tables.find(table.name);
    return !table.parents.empty() && now != nullptr && table.details && now->details &&
           kept_parents(table, *now) != table.parents;
}

class Leaver {
  public:
    Leaver(Schema const& from, Schema& left, Table& table, ParentNames const& kept)
        : from_(from),
          left_(left),
          table_(table),
          above_(ancestors(table.parents, from)),
          kept_(kept),
          kept_above_(ancestors(kept, from)) {}

    void leave() {
        for (auto& column : table_.columns) {
            free_column(column);
            share_sequence(column);
        }
        keep_checks();
        if (is_partition(table_)) {
            keep_foreign_keys();
            lose_triggers();
            free_indexes();
            table_.details->bound.clear();
        }
        table_.parents = kept_;
    }

  private:
    void free_column(object::Column& column) const {
        auto parents = 0;
        auto is_required = false;
        for (auto const& name : kept_) {
            auto const* const parent = from_.tables.find(name);
            auto const* const above =
                parent == nullptr ? nullptr : find_column(*parent, column.name);
            if (above == nullptr) continue;
            ++parents;
            is_required = is_required || (above->details && above->details->is_required);
        }
        auto const came_alone =
            column.is_inherited || (column.details && column.details->is_from_parent);
        column.is_inherited = came_alone && parents == 1;
        if (!column.details) return;
        auto& details = *column.details;
        details.is_from_parent = details.is_from_parent && parents > 0;
        if (details.is_required_by_parent && !is_required) {
            details.is_required_by_parent = false;
            details.required_name = details.inherited_required_name;
        }
        details.is_required_by_both = details.is_required_by_both && is_required;
        // From PostgreSQL 17 on, a partition counts by its parent's identity.
        if (!is_identity(details.numbering) || details.sequence) return;
        details.numbering = object::Numbering::none;
        column.default_value.reset();
    }

    /// What has counted as a part of its parent counts with the parent's sequence from now on.
    void share_sequence(object::Column const& column) const {
        if (!column.details || !column.details->default_value) return;
        for (auto const& name : above_) {
            auto* const parent = left_.tables.find(name);
            if (parent == nullptr) continue;
            for (auto& above : parent->columns) {
                auto const& sequence = above.details ? above.details->sequence : std::nullopt;
                auto* const counter =
                    above.default_value ? std::get_if<object::AutoIncrement>(&*above.default_value)
                                        : nullptr;
                if (above.name == column.name && sequence && counter != nullptr &&
                    column.details->default_value->find(sequence->name.name) != std::string::npos)
                    counter->is_shared = true;
            }
        }
    }

    bool is_handed_down(Definition const& definition, ParentNames const& parents) const {
        return hands_down(definition) && cm::contains(parents, definition.id.name);
    }

    void keep_checks() {
        std::set<std::string> kept{};
        for (auto const& [id, definition] : from_.definitions) {
            if (is_handed_down(definition, kept_above_)) kept.insert(id.part);
        }
        for (auto const& [id, definition] : from_.definitions) {
            if (!is_handed_down(definition, above_) || kept.contains(id.part)) continue;
            auto check = handed_down(definition, table_);
            if (auto* const own = left_.definitions.find(check.id)) {
                own->shape.clear();
            } else {
                left_.definitions.add(std::move(check));
            }
        }
    }

    void keep_foreign_keys() {
        for (auto const& [name, key] : from_.foreign_keys) {
            if (!cm::contains(above_, name.table)) continue;
            auto own = key;
            own.name.table = table_.name;
            left_.foreign_keys.add(std::move(own));
        }
    }

    /// What comes to a parent again has its triggers as they are there, without comments.
    void lose_triggers() {
        auto tables = from_.tables.find(table_.name)->heirs;
        tables.push_back(table_.name);
        std::set<std::string> states{};
        for (auto const& table : tables) states.insert(object::enabled_on(table));
        for (auto const& [id, definition] : from_.definitions) {
            auto const& owner = definition.owned_by;
            if (owner && owner->kind == object::ObjectKind::trigger &&
                cm::contains(tables, owner->name) && from_.definitions.find(*owner) == nullptr)
                left_.definitions.remove(id);
            if (definition.definition_kind == &object::trigger_kind &&
                cm::contains(above_, id.name))
                std::erase_if(left_.definitions.find(id)->facts, [&](object::Fact const& fact) {
                    return states.contains(fact.first);
                });
        }
    }

    void free_indexes() {
        auto& key = table_.primary_key;
        if (key && key->details) key->details->parent = {};
        for (auto const& [name, index] : from_.indexes) {
            if (index.table != table_.name || !is_part(parent_of(index))) continue;
            auto& freed = *left_.indexes.find(name);
            std::erase(freed.uses, ObjectRef{object::ObjectKind::index, parent_of(index)});
            freed.details->parent = {};
        }
    }

    Schema const& from_;
    Schema& left_;
    Table& table_;
    ParentNames above_;
    ParentNames kept_;
    ParentNames kept_above_;
};

/// Partitioned tables that lack a partition for a while.
std::set<QualifiedName> shaken_tables(Schema const& from, Schema const& to) {
    std::set<QualifiedName> shaken{};
    for (auto const& [name, table] : from.tables) {
        if (!is_partition(table) || !leaves(table, to) ||
            to.tables.find(name)->parents != table.parents)
            continue;
        for (auto const& above : ancestors(table.parents, from)) shaken.insert(above);
    }
    return shaken;
}

/// While a partition is away, nothing can refer to its rows in the parent: neither a key, nor what
/// a partition that leaves the key's table would keep of it (the key goes first,
/// schema/inheritance_edges).
void let_keys_go(Schema const& from, Schema const& to, Schema& left) {
    auto const shaken = shaken_tables(from, to);
    if (shaken.empty()) return;
    std::set<ObjectRef> lost{};
    for (auto const& [id, key] : from.foreign_keys) {
        if (!shaken.contains(key.referenced_table)) continue;
        left.foreign_keys.remove(id);
        lost.insert(self(key));
        for (auto const& [name, table] : from.tables) {
            if (is_partition(table) && leaves(table, to) &&
                cm::contains(ancestors(table.parents, from), id.table))
                left.foreign_keys.remove({name, id.name});
        }
    }
    if (lost.empty()) return;
    // With their comments.
    for (auto const& [id, definition] : from.definitions) {
        if (definition.owned_by && lost.contains(*definition.owned_by)) left.definitions.remove(id);
    }
}

}  // namespace

bool leave_parents(Schema const& from, Schema const& to) {
    return std::any_of(from.tables.begin(), from.tables.end(),
                       [&](auto const& it) { return leaves(it.second, to); });
}

Schema without_left_parents(Schema from, Schema const& to) {
    auto left = from;
    for (auto const& [name, table] : from.tables) {
        if (!leaves(table, to)) continue;
        auto const kept = kept_parents(table, *to.tables.find(name));
        Leaver{from, left, *left.tables.find(name), kept}.leave();
    }
    let_keys_go(from, to, left);
    note_heirs(left);
    return left;
}

Steps leaving_steps(Schema const& from, Schema const& left) {
    Steps steps{};
    for (auto const& [name, table] : from.tables) {
        auto const& now = *left.tables.find(name);
        if (table.parents == now.parents) continue;
        auto before = table, after = table;
        after.parents = now.parents;
        after.details->bound = now.details->bound;
        after.is_loose = true;
        // What they hand down is to stay.
        auto const kept = ancestors(now.parents, from);
        for (auto const& parent : ancestors(table.parents, from)) {
            if (cm::contains(kept, parent)) continue;
            before.uses.push_back({object::ObjectKind::table, parent});
            std::erase(after.uses, before.uses.back());
        }
        steps.push_back(Alter<Table>{std::move(before), std::move(after)});
    }
    for (auto const& [id, key] : from.foreign_keys) {
        if (left.foreign_keys.find(id) == nullptr) steps.push_back(Drop<object::ForeignKey>{key});
    }
    return steps;
}

}  // namespace cm::schema
