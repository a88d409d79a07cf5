// See inherited_checks.hpp. PostgreSQL manual, 5.10: a constraint that is inherited cannot be
// dropped by itself; INHERIT asks for those of the parent, and leaves them the child's own.
#include "schema/inherited_checks.hpp"

#include <algorithm>
#include <set>

#include "schema/index_parts.hpp"
#include "schema/step_list.hpp"

namespace cm::schema {
namespace {

using object::Definition;
using object::Table;
using sql::QualifiedName;
using AncestorNames = std::vector<QualifiedName>;

class InheritedChecks {
  public:
    InheritedChecks(Schema const& from, Schema const& to, Steps& steps)
        : from_(from), to_(to), steps_(steps) {}

    void settle() {
        for (auto const& [name, now] : to_.tables) {
            if (now.parents.empty() || !now.details) continue;
            auto const* const old = from_.tables.find(name);
            // One that is new has what its parents have from the start.
            auto const above =
                old == nullptr ? ancestors(now.parents, to_) : ancestors(old->parents, from_);
            settle(now, above, old != nullptr && joins(*old, now));
        }
    }

  private:
    /// A partition's checks are its parent's alone from then on (schema/partition_indexes).
    static bool joins(Table const& old, Table const& now) {
        return old.details && !is_partition(now) && now.parents.size() > old.parents.size();
    }

    static std::set<std::string> names_of_checks(AncestorNames const& above, Schema const& side) {
        std::set<std::string> names{};
        for (auto const& [id, definition] : side.definitions) {
            auto const is_above = std::find(above.begin(), above.end(), id.name) != above.end();
            if (is_above && hands_down(definition)) names.insert(id.part);
        }
        return names;
    }

    static object::ObjectRef check_of(QualifiedName const& table, std::string const& name) {
        return {object::ObjectKind::constraint, table, object::DependencyKind::object, name};
    }

    void settle(Table const& now, AncestorNames const& above_before, bool is_joining) {
        auto above = ancestors(now.parents, to_);
        auto const before = names_of_checks(above_before, from_);
        auto const after = names_of_checks(above, to_);
        for (auto const& name : after) {
            auto const was_own = from_.definitions.find(check_of(now.name, name)) != nullptr;
            auto const is_own = to_.definitions.find(check_of(now.name, name)) != nullptr;
            if (before.contains(name) ? was_own != is_own : is_joining && !is_own)
                make_again(name, above);
        }
        for (auto const& other : above_before) {
            if (std::find(above.begin(), above.end(), other) == above.end()) above.push_back(other);
        }
        for (auto& step : steps_) wait_for(above, now.name, step);
        if (is_joining && !after.empty()) join_last(now, above, after);
    }

    void make_again(std::string const& name, AncestorNames const& above) {
        for (auto const& table : above) {
            auto const* const old = from_.definitions.find(check_of(table, name));
            auto const* const now = to_.definitions.find(check_of(table, name));
            if (old == nullptr || now == nullptr) continue;
            drop_changes(*old, steps_);
            if (!is_dropped(steps_, *old)) steps_.push_back(Drop<Definition>{*old});
            if (!is_created(steps_, *now)) steps_.push_back(Create<Definition>{*now});
        }
    }

    static void wait_for(AncestorNames const& above, QualifiedName const& table, Step& step) {
        auto* const create = std::get_if<Create<Definition>>(&step);
        auto* const drop = std::get_if<Drop<Definition>>(&step);
        auto* const check = create != nullptr ? &create->object
                            : drop != nullptr ? &drop->object
                                              : nullptr;
        if (check == nullptr || !check->definition_kind->is_handed_down || check->id.name != table)
            return;
        for (auto const& parent : above) check->uses.push_back(checks_above(parent));
    }

    void join_last(Table const& now, AncestorNames const& above,
                   std::set<std::string> const& checks) {
        auto const found = std::find_if(steps_.begin(), steps_.end(), [&](Step const& step) {
            auto const* const alter = std::get_if<Alter<Table>>(&step);
            return alter != nullptr && alter->to.name == now.name;
        });
        if (found == steps_.end()) return;
        auto& change = std::get<Alter<Table>>(*found);
        Alter<Table> last{change.to, change.to};
        last.from.parents = change.from.parents;
        change.to = last.from;
        last.from.is_loose = true;
        for (auto const& parent : above) last.to.uses.push_back(checks_above(parent));
        for (auto const& name : checks) {
            auto const id = check_of(now.name, name);
            if (to_.definitions.find(id) != nullptr) last.to.uses.push_back(id);
        }
        if (change.from == change.to) steps_.erase(found);
        steps_.push_back(std::move(last));
    }

    Schema const& from_;
    Schema const& to_;
    Steps& steps_;
};

/// Does a parent of the partition have the same?
template <class T, class HandsDown>
bool is_above(sql::QualifiedName const& table, Objects<T> const& all, Schema const& to,
              HandsDown hands_it_down) {
    auto const* const partition = to.tables.find(table);
    if (partition == nullptr || !is_partition(*partition)) return false;
    auto const above = ancestors(partition->parents, to);
    return std::any_of(all.begin(), all.end(),
                       [&](auto const& it) { return hands_it_down(it.second, above); });
}

bool is_handed_down(Definition const& check, Schema const& to) {
    if (!check.definition_kind->is_handed_down) return false;
    return is_above(check.id.name, to.definitions, to,
                    [&](Definition const& other, AncestorNames const& above) {
                        return hands_down(other) && other.id.part == check.id.part &&
                               other.text == check.text &&
                               std::find(above.begin(), above.end(), other.id.name) != above.end();
                    });
}

bool is_handed_down(object::ForeignKey const& key, Schema const& to) {
    return is_above(key.name.table, to.foreign_keys, to,
                    [&](object::ForeignKey const& other, AncestorNames const& above) {
                        auto own = other;
                        own.name = key.name;
                        return own == key && std::find(above.begin(), above.end(),
                                                       other.name.table) != above.end();
                    });
}

}  // namespace

void leave_out_handed_down(Schema const& to, std::set<sql::QualifiedName> const& joining,
                           Steps& steps) {
    std::erase_if(steps, [&](Step const& step) {
        if (auto const* const check = std::get_if<Drop<Definition>>(&step))
            return joining.contains(check->object.id.name) && is_handed_down(check->object, to);
        auto const* const key = std::get_if<Drop<object::ForeignKey>>(&step);
        return key != nullptr && joining.contains(key->object.name.table) &&
               is_handed_down(key->object, to);
    });
}

Definition handed_down(Definition check, Table const& table) {
    for (auto& used : check.uses) {
        auto const is_parent = used.kind == object::ObjectKind::table && used.name == check.id.name;
        if (is_parent) used.name = table.name;
    }
    check.id.name = table.name;
    check.address = sql::quote(table.name);
    check.owned_by = self(table);
    check.shape.clear();
    return check;
}

object::ObjectRef checks_above(sql::QualifiedName const& parent) {
    return {object::ObjectKind::table, parent, object::DependencyKind::object, "checks"};
}

Steps settle_inherited_checks(Schema const& from, Schema const& to, Steps steps) {
    if (!from.definitions.empty() || !to.definitions.empty())
        InheritedChecks{from, to, steps}.settle();
    return steps;
}

}  // namespace cm::schema
