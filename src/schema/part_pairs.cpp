// See part_pairs.hpp.
#include "schema/part_pairs.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "schema/index_parts.hpp"

namespace cm::schema {
namespace {

using object::Index;
using sql::QualifiedName;

struct Pair {
    Index const* from{};
    Index const* to{};
};

class PartPairs {
  public:
    PartPairs(Schema const& from, Schema const& to, Steps& steps)
        : from_(from), to_(to), steps_(steps) {
        for (auto const& step : steps_) {
            if (auto const* const gone = std::get_if<Drop<Index>>(&step)) {
                gone_.insert(gone->object.name);
            } else if (auto const* const change = std::get_if<Alter<Index>>(&step)) {
                now_[change->from.name] = change->to.name;
            }
        }
    }

    void settle() {
        for (auto const& [name, part] : from_.indexes) {
            auto const* const stays = part_today(part);
            if (stays != nullptr && stays->name != now(name)) pairs_.push_back({&part, stays});
        }
        if (!pairs_.empty()) pair();
    }

  private:
    QualifiedName now(QualifiedName const& name) const {
        auto const found = now_.find(name);
        return found == now_.end() ? name : found->second;
    }

    /// Of an index that stays as it is, on a partition that stays one; null for all others.
    Index const* part_today(Index const& part) const {
        auto const parent = parent_of(part);
        if (!is_part(parent) || gone_.contains(parent)) return nullptr;
        auto const* const before = from_.tables.find(part.table);
        auto const* const after = to_.tables.find(part.table);
        if (before == nullptr || after == nullptr || before->parents != after->parents)
            return nullptr;
        auto const* const above = to_.indexes.find(now(parent));
        if (above == nullptr || above->is_constraint != part.is_constraint) return nullptr;
        auto const* const today = part_of(above->name, part.table, to_);
        return today == nullptr || is_another(part, *today) ? nullptr : today;
    }

    /// One does not become the other by being renamed and altered.
    static bool is_another(Index part, Index const& wanted) {
        part.name = wanted.name;
        part.details->parent = parent_of(wanted);
        return strategy(part, wanted) == object::ChangeStrategy::recreate;
    }

    bool is_paired(Index const& index, Index const* Pair::*side) const {
        return std::ranges::any_of(
            pairs_, [&](Pair const& pair) { return (pair.*side)->name == index.name; });
    }

    /// What they have had to do with others by their names, these do alone.
    void pair() {
        Steps more{};
        std::erase_if(steps_, [&](Step const& step) {
            if (auto const* const create = std::get_if<Create<Index>>(&step))
                return is_paired(create->object, &Pair::to);
            if (auto const* const drop = std::get_if<Drop<Index>>(&step))
                return is_paired(drop->object, &Pair::from);
            auto const* const change = std::get_if<Alter<Index>>(&step);
            if (change == nullptr) return false;
            auto const goes = is_paired(change->from, &Pair::from);
            auto const comes = is_paired(change->to, &Pair::to);
            if (goes && !comes) more.push_back(Create<Index>{change->to});
            if (comes && !goes) more.push_back(Drop<Index>{change->from});
            return goes || comes;
        });
        for (auto const& [from, to] : pairs_) more.push_back(Alter<Index>{*from, *to});
        std::move(more.begin(), more.end(), std::back_inserter(steps_));
    }

    Schema const& from_;
    Schema const& to_;
    Steps& steps_;
    std::set<QualifiedName> gone_{};
    std::map<QualifiedName, QualifiedName> now_{};
    std::vector<Pair> pairs_{};
};

}  // namespace

Steps pair_parts(Schema const& from, Schema const& to, Steps steps) {
    PartPairs{from, to, steps}.settle();
    return steps;
}

}  // namespace cm::schema
