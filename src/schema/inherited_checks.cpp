// See inherited_checks.hpp. PostgreSQL manual, 5.10: a constraint that is inherited cannot be
// dropped by itself; INHERIT asks for those of the parent, and leaves them the child's own.
#include "schema/inherited_checks.hpp"

#include <algorithm>
#include <set>

#include "base/contains.hpp"
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

/// The one of a parent of the partition that hands it down; null if there is none.
template <class T, class HandsDown>
T const* one_above(sql::QualifiedName const& table, Objects<T> const& all, Schema const& to,
                   HandsDown hands_it_down) {
    auto const* const partition = to.tables.find(table);
    if (partition == nullptr || !is_partition(*partition)) return nullptr;
    auto const above = ancestors(partition->parents, to);
    for (auto const& [name, object] : all) {
        if (hands_it_down(object, above)) return &object;
    }
    return nullptr;
}

Definition const* one_above(Definition const& check, Schema const& to) {
    if (!check.definition_kind->is_handed_down) return nullptr;
    return one_above(check.id.name, to.definitions, to,
                     [&](Definition const& other, AncestorNames const& above) {
                         return hands_down(other) && other.id.part == check.id.part &&
                                other.text == check.text && cm::contains(above, other.id.name);
                     });
}

object::ForeignKey const* one_above(object::ForeignKey const& key, Schema const& to) {
    return one_above(key.name.table, to.foreign_keys, to,
                     [&](object::ForeignKey const& other, AncestorNames const& above) {
                         auto own = other;
                         own.name = key.name;
                         return own == key && cm::contains(above, other.name.table);
                     });
}

sql::QualifiedName const& table_of(Definition const& check) {
    return check.id.name;
}

sql::QualifiedName const& table_of(object::ForeignKey const& key) {
    return key.name.table;
}

/// What is made anew above goes here as well; else it stays, and is the other's from then on. It
/// gives its name to no other.
template <class T>
void leave_out_handed_down(Schema const& to, std::set<sql::QualifiedName> const& joining,
                           Steps& steps) {
    std::set<object::ObjectRef> gone{};
    for (auto const& step : steps) {
        if (auto const* const drop = std::get_if<Drop<T>>(&step)) gone.insert(self(drop->object));
    }
    auto const is_to_stay = [&](T const& object) {
        if (!joining.contains(table_of(object))) return false;
        auto const* const above = one_above(object, to);
        return above != nullptr && !gone.contains(self(*above));
    };
    Steps more{};
    std::erase_if(steps, [&](Step const& step) {
        if (auto const* const drop = std::get_if<Drop<T>>(&step)) return is_to_stay(drop->object);
        auto const* const rename = std::get_if<Alter<T>>(&step);
        if (rename == nullptr || key(rename->from) == key(rename->to) || !is_to_stay(rename->from))
            return false;
        more.push_back(Create<T>{rename->to});
        return true;
    });
    std::move(more.begin(), more.end(), std::back_inserter(steps));
}

}  // namespace

void leave_out_handed_down(Schema const& to, std::set<sql::QualifiedName> const& joining,
                           Steps& steps) {
    leave_out_handed_down<Definition>(to, joining, steps);
    leave_out_handed_down<object::ForeignKey>(to, joining, steps);
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
