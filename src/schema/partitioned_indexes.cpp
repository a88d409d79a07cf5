// See partitioned_indexes.hpp.
#include "schema/partitioned_indexes.hpp"

#include <algorithm>

#include "schema/index_parts.hpp"

namespace cm::schema {
namespace {

using object::ObjectKind;
using object::Table;
using sql::QualifiedName;
using Names = std::set<QualifiedName>;

class NewIndexes {
  public:
    NewIndexes(Schema const& from, Schema const& to, Names const& late, Steps& steps)
        : from_(from), to_(to), late_(late), steps_(steps) {
        for (auto const& step : steps_) {
            auto const* const create = std::get_if<Create<object::Index>>(&step);
            if (create != nullptr) made_.insert(create->object.name);
        }
    }

    void settle() {
        for (auto& step : steps_) {
            auto* const create = std::get_if<Create<object::Index>>(&step);
            if (create == nullptr || !create->object.details ||
                !create->object.details->is_partitioned || done_.contains(create->object.name))
                continue;
            if (is_usual(create->object)) {
                leave_out_parts(create->object, create->object.details->made_parts);
            } else {
                make_alone(create->object);
            }
        }
        std::erase_if(steps_, [&](Step const& step) {
            auto const* const create = std::get_if<Create<object::Index>>(&step);
            return create != nullptr && done_.contains(create->object.name);
        });
    }

  private:
    std::vector<Table const*> partitions_of(QualifiedName const& table) const {
        std::vector<Table const*> partitions{};
        for (auto const& [name, other] : to_.tables) {
            auto const is_of_it = std::find(other.parents.begin(), other.parents.end(), table);
            if (is_partition(other) && is_of_it != other.parents.end() && !late_.contains(name))
                partitions.push_back(&other);
        }
        return partitions;
    }

    bool has_undeclared(QualifiedName const& table) const {
        return std::any_of(from_.tables.begin(), from_.tables.end(), [&](auto const& it) {
            auto const& parents = it.second.parents;
            return is_partition(it.second) && to_.tables.find(it.first) == nullptr &&
                   std::find(parents.begin(), parents.end(), table) != parents.end();
        });
    }

    /// Another one of the partition that would be taken.
    bool has_rival(object::Index const& part) const {
        auto const is_rival = [&](auto const& it) { return may_be_rivals(it.second, part); };
        auto const* const table = to_.tables.find(part.table);
        auto const key = table != nullptr && table->primary_key ? table->primary_key->columns
                                                                : std::vector<std::string>{};
        auto const is_of_key = key.size() == part.columns.size() &&
                               std::equal(key.begin(), key.end(), part.columns.begin(),
                                          [](auto const& a, auto const& b) { return a == b.name; });
        return is_of_key || std::any_of(to_.indexes.begin(), to_.indexes.end(), is_rival) ||
               std::any_of(from_.indexes.begin(), from_.indexes.end(), is_rival);
    }

    /// What PostgreSQL makes by itself is just what there should be.
    bool is_usual(object::Index const& parent) const {
        if (has_undeclared(parent.table)) return true;
        auto const partitions = partitions_of(parent.table);
        return std::all_of(partitions.begin(), partitions.end(), [&](Table const* partition) {
            auto const* const part = part_of(parent.name, partition->name, to_);
            return part != nullptr && made_.contains(part->name) && has_usual_name(*part) &&
                   part->is_constraint == parent.is_constraint && !has_rival(*part) &&
                   (!part->details->is_partitioned || is_usual(*part));
        });
    }

    void leave_out_parts(object::Index const& parent, std::vector<QualifiedName>& made) {
        for (auto const* const partition : partitions_of(parent.table)) {
            auto const* const part = part_of(parent.name, partition->name, to_);
            if (part == nullptr) continue;
            done_.insert(part->name);
            made.push_back(part->name);
            leave_out_parts(*part, made);
        }
    }

    void make_alone(object::Index& parent) {
        auto const partitions = partitions_of(parent.table);
        parent.details->is_alone = !partitions.empty();
        for (auto const* const partition : partitions) {
            if (parent_of(partition->primary_key) != parent.name) continue;
            parent.details->attached.push_back(key_index(*partition));
            parent.uses.push_back(self(*partition));
            parent.uses.push_back({ObjectKind::index, key_index(*partition)});
        }
    }

    Schema const& from_;
    Schema const& to_;
    Names const& late_;
    Steps& steps_;
    Names made_{};
    Names done_{};  ///< what PostgreSQL makes by itself
};

}  // namespace

Steps make_with_parts(Schema const& from, Schema const& to, Names const& late, Steps steps) {
    NewIndexes{from, to, late, steps}.settle();
    return steps;
}

}  // namespace cm::schema
