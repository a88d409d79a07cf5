// See partition_indexes.hpp. PostgreSQL manual, ALTER TABLE: a partition that is attached brings an
// index that fits along, the oldest first; else one is made, under a name of its own rule.
#include "schema/partition_indexes.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "object/definition/kinds.hpp"
#include "schema/index_parts.hpp"
#include "schema/inheritance.hpp"
#include "schema/inherited_checks.hpp"
#include "schema/partitioned_indexes.hpp"
#include "schema/rebuilt_parts.hpp"

namespace cm::schema {
namespace {

using object::PrimaryKey;
using object::Table;
using sql::QualifiedName;
using Names = std::set<QualifiedName>;

class Parts {
  public:
    Parts(Schema const& from, Schema const& to, Steps& steps)
        : from_(from), to_(to), steps_(steps) {
        for (auto const& step : steps_) note(step);
    }

    /// `late`: partitions that come to their parent when their indexes are there.
    void settle(Names& late) {
        leave_out_handed_down(to_, {joining_.begin(), joining_.end()}, steps_);
        drop_keys_with_parents();
        drop_with_parents();
        for (auto const& name : joining_) join(name);
        for (auto& step : steps_) {
            if (auto* const alter = std::get_if<Alter<Table>>(&step)) settle_key(*alter);
        }
        for (std::size_t i = 0; i < steps_.size(); ++i) settle_index(i);
        std::move(more_.begin(), more_.end(), std::back_inserter(steps_));
        std::erase_if(steps_, [&](Step const& step) { return is_done(step); });
        late = late_;
    }

  private:
    void note(Step const& step) {
        if (auto const* const made = std::get_if<Create<object::Index>>(&step)) {
            made_.insert(made->object.name);
        } else if (auto const* const gone = std::get_if<Drop<object::Index>>(&step)) {
            gone_.insert(gone->object.name);
        } else if (auto const* const index = std::get_if<Alter<object::Index>>(&step)) {
            renamed_[index->from.name] = index->to.name;
        } else if (auto const* const table = std::get_if<Create<Table>>(&step)) {
            if (table->object.primary_key) made_keys_.insert(key_index(table->object));
            if (is_partition(table->object)) joining_.push_back(table->object.name);
        } else if (auto const* const dropped = std::get_if<Drop<Table>>(&step)) {
            if (dropped->object.primary_key) gone_.insert(key_index(dropped->object));
            gone_tables_.insert(dropped->object.name);
        } else if (auto const* const altered = std::get_if<Alter<Table>>(&step)) {
            note_changes(*altered);
        }
    }

    void note_changes(Alter<Table> const& step) {
        for (auto const& change : step.changes()) {
            if (std::holds_alternative<Create<PrimaryKey>>(change))
                made_keys_.insert(key_index(step.to));
            if (std::holds_alternative<Drop<PrimaryKey>>(change))
                gone_.insert(key_index(step.from));
            if (std::holds_alternative<Alter<PrimaryKey>>(change))
                renamed_[key_index(step.from)] = key_index(step.to);
        }
        if (!is_partition(step.to)) return;
        if (step.from.parents != step.to.parents ||
            step.from.details->bound != step.to.details->bound)
            joining_.push_back(step.to.name);
    }

    /// A key that is a part of what goes is made again, though it looks the same.
    void drop_keys_with_parents() {
        for (auto const& entry : from_.tables) {
            auto const& table = entry.second;
            auto const* const now = to_.tables.find(table.name);
            auto const is_changed =
                std::any_of(steps_.begin(), steps_.end(), [&](Step const& step) {
                    auto const* const alter = std::get_if<Alter<Table>>(&step);
                    return alter != nullptr && alter->from.name == table.name;
                });
            if (now == nullptr || is_changed || !gone_.contains(parent_of(table.primary_key)))
                continue;
            auto before = with_changes_of_parents(
                table, *now, from_, [&](auto const& parent) { return last_change_of(parent); });
            steps_.push_back(Alter<Table>{std::move(before), *now});
        }
    }

    /// Parts go with their parent; those of partitions that nobody has declared stay.
    void drop_with_parents() {
        for (auto& step : steps_) {
            if (auto* const drop = std::get_if<Drop<object::Index>>(&step)) {
                auto& details = drop->object.details;
                if (details) details->has_constraints = has_constraints(drop->object, from_);
            } else if (auto* const alter = std::get_if<Alter<Table>>(&step)) {
                auto& key = alter->from.primary_key;
                auto const parent = parent_of(key);
                if (!is_part(parent) || joins(alter->to.name)) continue;
                if (gone_.contains(parent)) {
                    key.reset();
                } else if (renamed_.contains(parent)) {
                    key->details->parent = renamed_.at(parent);
                }
            }
        }
        std::erase_if(steps_, [&](Step const& step) {
            auto const* const drop = std::get_if<Drop<object::Index>>(&step);
            if (drop == nullptr) return false;
            return gone_.contains(parent_of(drop->object)) || stays(drop->object.table);
        });
    }

    bool joins(QualifiedName const& table) const {
        return std::find(joining_.begin(), joining_.end(), table) != joining_.end();
    }

    bool is_undeclared(QualifiedName const& table) const {
        auto const* const found = from_.tables.find(table);
        return found != nullptr && is_partition(*found) && to_.tables.find(table) == nullptr;
    }

    /// As it is, with all that it has.
    bool stays(QualifiedName const& table) const {
        if (gone_tables_.contains(table)) return false;
        auto const* const found = from_.tables.find(table);
        if (found == nullptr || !is_partition(*found)) return false;
        auto const& parent = found->parents.front();
        return is_undeclared(table) && !gone_tables_.contains(parent) &&
               (to_.tables.find(parent) != nullptr || stays(parent));
    }

    /// A new partition has what its parent has, by itself, under the usual names. Any other makes
    /// its own first, and brings it along.
    void join(QualifiedName const& name) {
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            if (auto* const create = std::get_if<Create<Table>>(&steps_[i])) {
                if (create->object.name != name) continue;
                if (comes_with_all(create->object)) return take_all(create->object);
                return make_before(i, beside(create->object), create->object);
            }
        }
        if (auto* const last = last_change_of(name)) come_last(*last);
    }

    Alter<Table>* last_change_of(QualifiedName const& name) {
        Alter<Table>* last = nullptr;
        for (auto& step : steps_) {
            auto* const alter = std::get_if<Alter<Table>>(&step);
            if (alter == nullptr || alter->to.name != name) continue;
            // In stages, and nothing to tighten: the last that is loose.
            if (last == nullptr || !alter->to.is_loose || last->to.is_loose) last = alter;
        }
        return last;
    }

    /// Behind all that changes it, in stages or at once.
    void come_last(Alter<Table> const& change) {
        auto const whole = change.to;
        auto const has_stages = change.from.is_loose;
        if (!has_stages && !has_parts(whole) && !has_named_requirements(whole) &&
            checks_to_add(whole, from_, to_, steps_).empty())
            return;
        make_rivals_again(whole.name);  // moves the steps
        if (has_part_as_key(whole)) make_rivals_of_key_again(whole);
        auto const is_of_it = [&](Table const& table) { return table.name == whole.name; };
        for (auto& step : steps_) {
            auto* const alter = std::get_if<Alter<Table>>(&step);
            if (alter == nullptr || !is_of_it(alter->to)) continue;
            if (is_partition(alter->from)) alter->from = without_parent(std::move(alter->from));
            if (is_partition(alter->to)) alter->to = without_parent(std::move(alter->to));
        }
        attach_last(without_parent(whole), whole);
    }

    /// Its indexes that are to be parts of some that are there.
    std::vector<object::Index const*> parts_of_old(Table const& table) const {
        std::vector<object::Index const*> parts{};
        for (auto const& [name, index] : to_.indexes) {
            auto const parent = parent_of(index);
            if (index.table == table.name && is_part(parent) && !made_.contains(parent))
                parts.push_back(&index);
        }
        return parts;
    }

    /// One that is made, younger than all else.
    bool has_part_as_key(Table const& table) const {
        return is_part(parent_of(table.primary_key)) && made_keys_.contains(key_index(table));
    }

    bool has_parts(Table const& table) const {
        return is_part(parent_of(table.primary_key)) ||
               std::ranges::any_of(to_.indexes, [&](auto& it) {
                   return it.second.table == table.name && is_part(parent_of(it.second));
               });
    }

    bool comes_with_all(Table const& table) const {
        auto const parent = parent_of(table.primary_key);
        if (is_part(parent) && !made_.contains(parent)) {
            auto const* const above = to_.tables.find(table.parents.front());
            if (above == nullptr || !above->primary_key || key_index(*above) != parent)
                return false;
            if (table.primary_key->name != usual_key(table.name)) return false;
        }
        auto const parts = parts_of_old(table);
        return std::all_of(parts.begin(), parts.end(), [&](object::Index const* part) {
            auto const* const above = to_.indexes.find(parent_of(*part));
            return above != nullptr && above->is_constraint == part->is_constraint &&
                   has_usual_name(*part);
        });
    }

    void take_all(Table& table) {
        for (auto const* const part : parts_of_old(table)) done_.insert(part->name);
        auto const parent = parent_of(table.primary_key);
        if (!is_part(parent)) return;
        if (!made_.contains(parent)) return table.primary_key.reset();
        table.primary_key->details->parent = {};  // that one takes it
    }

    /// The oldest one that fits is taken: those that must not be are made behind the one that must.
    void make_rivals_again(QualifiedName const& table) {
        for (auto const& entry : to_.indexes) {
            auto const& [name, index] = entry;
            if (index.table != table || is_part(parent_of(index)) || made_.contains(name)) continue;
            auto const is_rival =
                std::any_of(to_.indexes.begin(), to_.indexes.end(), [&](auto& it) {
                    return is_part(parent_of(it.second)) && made_.contains(it.first) &&
                           may_be_rivals(entry.second, it.second);
                });
            auto const* const old = from_.indexes.find(name);
            if (!is_rival || old == nullptr) continue;
            steps_.push_back(Drop<object::Index>{*old});
            steps_.push_back(Create<object::Index>{index});
        }
    }

    void make_before(std::size_t at, Table made, Table whole) {
        attach_last(made, std::move(whole));
        auto& create = std::get<Create<Table>>(steps_[at]);
        create.object = std::move(made);
        create.object.is_loose = true;
    }

    void attach_last(Table made, Table whole) {
        late_.insert(whole.name);
        for (auto const& [name, index] : to_.indexes) {
            if (index.table == whole.name && is_part(parent_of(index)))
                whole.uses.push_back(self(index));
        }
        auto last = Alter<Table>{std::move(made), whole};
        last.from.is_loose = true;
        last.to.is_loose = false;
        last.from.primary_key = last.to.primary_key;
        last.from.columns = last.to.columns;
        add_checks(whole, last.to);
        more_.push_back(std::move(last));
    }

    /// What a parent checks must be checked before.
    void add_checks(Table const& table, Table& last) {
        for (auto& check : checks_to_add(table, from_, to_, steps_)) {
            last.uses.push_back(check.id);
            more_.push_back(Create<object::Definition>{std::move(check)});
        }
    }

    void settle_key(Alter<Table>& step) {
        auto& key = step.to.primary_key;
        auto const parent = parent_of(key);
        if (!is_part(parent) || parent_of(step.from.primary_key) == parent) return;
        if (late_.contains(step.to.name)) return;
        if (made_.contains(parent)) {
            // That one takes it.
            key->details->parent = {};
        } else if (made_keys_.contains(parent)) {
            auto made = *key;
            if (step.from.primary_key && step.from.primary_key->columns == key->columns) {
                made.name = step.from.primary_key->name;
            } else {
                made.name = usual_key(step.to.name);
            }
            step.from.primary_key = std::move(made);
            make_rivals_of_key_again(step.to);
        }
    }

    /// Under the name that it had.
    object::Index const* as_it_was(QualifiedName const& name) const {
        auto const renamed = std::ranges::find(
            renamed_, name, &std::pair<QualifiedName const, QualifiedName>::second);
        return from_.indexes.find(renamed == renamed_.end() ? name : renamed->first);
    }

    /// The parent's key would take any unique constraint of the partition that fits.
    void make_rivals_of_key_again(Table const& table) {
        auto const is_rival = [&](object::Index const& index) {
            auto const& columns = table.primary_key->columns;
            return index.table == table.name && index.is_constraint && !is_part(parent_of(index)) &&
                   std::ranges::equal(columns, index.columns, {}, {}, &object::IndexColumn::name);
        };
        for (auto const& [name, index] : to_.indexes) {
            auto const* const old = as_it_was(name);
            if (old == nullptr || made_.contains(name) || gone_.contains(old->name) ||
                !is_rival(*old) || !is_rival(index))
                continue;
            auto again = index;
            again.uses.push_back({object::ObjectKind::index, key_index(table)});
            more_.push_back(Drop<object::Index>{*old});
            more_.push_back(Create<object::Index>{std::move(again)});
            done_alters_.insert(name);
        }
    }

    void settle_index(std::size_t at) {
        if (auto* const create = std::get_if<Create<object::Index>>(&steps_[at])) {
            auto& index = create->object;
            if (!late_.contains(index.table) || !index.details) return;
            if (!is_part(index.details->parent)) return wait_for_parts(index);
            index.details->parent = {};
            return;
        }
        auto* const alter = std::get_if<Alter<object::Index>>(&steps_[at]);
        if (alter == nullptr || !alter->from.details || !alter->to.details) return;
        auto& before = alter->from.details->parent;
        auto const& after = alter->to.details->parent;
        if (renamed_.contains(before)) before = renamed_.at(before);
        if (before == after) return;
        if (is_part(before)) {
            auto const drop = Drop<object::Index>{alter->from};
            auto again = alter->to;
            if (late_.contains(again.table)) again.details->parent = {};
            made_.insert(again.name);
            more_.push_back(Create<object::Index>{std::move(again)});
            if (!gone_.contains(before)) more_.push_back(drop);
            done_alters_.insert(alter->to.name);
        } else if (late_.contains(alter->to.table) || made_keys_.contains(after)) {
            before = after;
        }
    }

    void wait_for_parts(object::Index& index) const {
        for (auto const& [name, other] : to_.indexes) {
            if (is_part(parent_of(other)) && may_be_rivals(index, other))
                index.uses.push_back(self(other));
        }
    }

    bool is_done(Step const& step) const {
        if (auto const* const create = std::get_if<Create<object::Index>>(&step))
            return done_.contains(create->object.name);
        if (auto const* const alter = std::get_if<Alter<object::Index>>(&step)) {
            return done_alters_.contains(alter->to.name) || alter->from == alter->to;
        }
        auto const* const table = std::get_if<Alter<Table>>(&step);
        return table != nullptr && table->from == table->to &&
               table->from.is_loose == table->to.is_loose;
    }

    Schema const& from_;
    Schema const& to_;
    Steps& steps_;
    Steps more_{};
    Names made_{}, gone_{}, made_keys_{}, gone_tables_{};
    Names late_{};         ///< partitions that come to their parent when their indexes are there
    Names done_{};         ///< new indexes that PostgreSQL makes by itself
    Names done_alters_{};  ///< those that are made anew instead
    std::map<QualifiedName, QualifiedName> renamed_{};
    std::vector<QualifiedName> joining_{};
};

}  // namespace

Steps settle_parts(Schema const& from, Schema const& to, Steps steps) {
    auto const is_one = [](auto const& it) { return is_partition(it.second); };
    auto const has_partitions = [&](Schema const& side) {
        return std::any_of(side.tables.begin(), side.tables.end(), is_one);
    };
    if (!has_partitions(from) && !has_partitions(to)) return steps;
    Names late{};
    Parts{from, to, steps}.settle(late);
    attach_again(from, to, steps);
    return make_with_parts(from, to, late, std::move(steps));
}

}  // namespace cm::schema
