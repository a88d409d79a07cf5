// The differ: one full outer join for all kinds, then the two rules that are truly about two kinds.
#include "schema/diff.hpp"

#include <optional>
#include <set>

#include "schema/attached.hpp"
#include "schema/cascade.hpp"
#include "schema/enum_rebuild.hpp"
#include "schema/inheritance.hpp"
#include "schema/inherited_checks.hpp"
#include "schema/join_sides.hpp"
#include "schema/leaving.hpp"
#include "schema/logging.hpp"
#include "schema/owned_sequences.hpp"
#include "schema/owners_rights.hpp"
#include "schema/part_pairs.hpp"
#include "schema/partition_indexes.hpp"
#include "schema/rebuilt_parts.hpp"
#include "schema/renamed.hpp"
#include "schema/renames.hpp"
#include "schema/scope.hpp"
#include "schema/stored_results.hpp"
#include "schema/undeclared_indexes.hpp"

namespace cm::schema {
namespace {

template <class T>
struct Unpaired {
    std::vector<T const*> removed{}, added{};
    std::vector<Alter<T>> recreated{};  ///< of the same name, but one does not become the other
};

template <class T>
void pair_common(Objects<T> const& from, Objects<T> const& to, Steps& steps,
                 Unpaired<T>& unpaired) {
    for (auto const& [name, object] : from) {
        auto const* const now = to.find(name);
        if (now == nullptr) {
            unpaired.removed.push_back(&object);
            continue;
        }
        switch (strategy(object, *now)) {
            case object::ChangeStrategy::none:
                break;
            case object::ChangeStrategy::alter:
                steps.push_back(Alter<T>{object, *now});
                break;
            case object::ChangeStrategy::recreate:
                unpaired.recreated.push_back({object, *now});
                break;
        }
    }
    for (auto const& [name, object] : to) {
        if (from.find(name) == nullptr) {
            unpaired.added.push_back(&object);
        }
    }
}

/// Renames an old object that differs by its name alone; false if there is none. Each is used once.
template <class T>
bool rename_to(T const& now, Unpaired<T>& unpaired, Steps& steps) {
    auto const old = std::find_if(unpaired.removed.begin(), unpaired.removed.end(),
                                  [&](T const* candidate) { return renamed(*candidate, now); });
    if (old == unpaired.removed.end()) return false;
    steps.push_back(Alter<T>{**old, now});
    unpaired.removed.erase(old);
    return true;
}

/// A declaration cannot mean the index that it has no words for by its name: that one stays, and
/// the name is taken (engine/name_clashes).
template <class T>
bool is_another(T const& from, T const& to) {
    if constexpr (std::same_as<T, object::Index>)
        return to.origin.order != 0 && !from.is_expressible && !from.is_invalid;
    return false;
}

/// Or one that gives its name to another of that name.
template <class T>
bool rename_recreated(T const& now, Unpaired<T>& unpaired, Steps& steps) {
    auto const old = std::find_if(unpaired.recreated.begin(), unpaired.recreated.end(),
                                  [&](Alter<T> const& each) { return renamed(each.from, now); });
    if (old == unpaired.recreated.end() || is_another(old->from, old->to)) return false;
    steps.push_back(Alter<T>{old->from, now});
    if (!rename_to(old->to, unpaired, steps)) steps.push_back(Create<T>{old->to});
    unpaired.recreated.erase(old);
    return true;
}

template <class T>
void pair_renamed(Unpaired<T>& unpaired, bool is_whole, Steps& steps) {
    std::erase_if(unpaired.added, [&](T const* now) {
        // What gives its name to another is recreated where a model is declared, as in Prisma.
        return rename_to(*now, unpaired, steps) ||
               (is_whole && rename_recreated(*now, unpaired, steps));
    });
    // An old object may also take the place of another that has the name still.
    for (auto const& [from, to] : unpaired.recreated) {
        if (!is_another(from, to)) steps.push_back(Drop<T>{from});
        if (!rename_to(to, unpaired, steps)) steps.push_back(Create<T>{to});
    }
}

/// No model can say a table without columns; but one may give it some.
template <class T>
bool is_expressible(T const& object) {
    if constexpr (std::same_as<T, object::Table>) return !object.columns.empty();
    return true;
}

/// A partition is data: one that is not declared stays.
template <class T>
bool is_partition(T const& object) {
    if constexpr (std::same_as<T, object::Table>)
        return object.details && !object.details->bound.empty();
    return false;
}

/// An index may do what a declaration could not ask for: where one is compared with a database
/// (so that its table has details), such an index stands on both sides while it can stay, see
/// schema/undeclared_indexes; it goes by itself with its column.
bool is_index_to_drop(object::Index const& index, Schema const& to) {
    if (!index.has_unmodeled_options || index.is_invalid) return true;
    if (index.is_of_view) {
        return to.definitions.find({object::ObjectKind::table, index.table}) != nullptr;
    }
    auto const* const table = to.tables.find(index.table);
    return index.details && table != nullptr && table->details && can_stay(index, to);
}

/// What is not is given back to what is made again (schema/attached).
template <class T>
bool is_compared(T const& object) {
    if constexpr (std::same_as<T, object::Definition>) return !object.definition_kind->is_restored;
    return true;
}

/// A namespace may hold what cm-migrate does not see, and so may use an extension.
template <class T>
bool is_ours_to_drop(T const& object, Schema const& to, bool is_whole) {
    if (is_partition(object) || !is_compared(object)) return false;
    if (is_whole) return true;
    if (!is_expressible(object)) return false;
    if constexpr (std::same_as<T, object::Index>) return is_index_to_drop(object, to);
    return !std::same_as<T, object::Namespace> && !std::same_as<T, object::Extension>;
}

template <class T>
void pair(Objects<T> const& from, Objects<T> const& to, Schema const& all, bool is_whole,
          Steps& steps) {
    Unpaired<T> unpaired{};
    pair_common(from, to, steps, unpaired);
    pair_renamed(unpaired, is_whole, steps);
    for (auto const* const object : unpaired.removed) {
        if (is_ours_to_drop(*object, all, is_whole)) steps.push_back(Drop<T>{*object});
    }
    for (auto const* const object : unpaired.added) {
        if (!is_compared(*object)) continue;
        if (is_whole || is_expressible(*object)) steps.push_back(Create<T>{*object});
    }
}

bool is_being_built(Step const& step) {
    return std::visit(
        [](auto const& each) {
            if constexpr (requires { each.object.builder; }) return each.object.builder != 0;
            return false;
        },
        step);
}

/// No declaration asks for what only the database can say: an invalid index with an expression, or
/// with included columns, is built again as it was meant, where a valid one would stay.
template <class Predicate>
void rebuild_undeclared(Predicate can_stay, Steps& steps) {
    auto const is_made = [&](sql::QualifiedName const& name) {
        return std::any_of(steps.begin(), steps.end(), [&](Step const& step) {
            auto const* const create = std::get_if<Create<object::Index>>(&step);
            return create != nullptr && create->object.name == name;
        });
    };
    std::vector<object::Index> again{};
    for (auto const& step : steps) {
        auto const* const drop = std::get_if<Drop<object::Index>>(&step);
        if (drop == nullptr || !drop->object.is_invalid || !drop->object.has_unmodeled_options)
            continue;
        if (is_copy(drop->object) || is_made(drop->object.name)) continue;
        if (!can_stay(drop->object)) continue;
        again.push_back(drop->object);
    }
    for (auto& index : again) {
        index.is_invalid = false;
        steps.push_back(Create<object::Index>{std::move(index)});
    }
}

/// What another session is building is neither dropped nor made before it is done; the others that
/// are invalid are built again as they were meant.
void settle_invalid_indexes(Schema const& from, Schema const& to, Steps& steps) {
    auto const is_in_work = [&](sql::QualifiedName const& name) {
        auto const* const index = from.indexes.find(name);
        return index != nullptr && index->builder != 0;
    };
    std::erase_if(steps, [&](Step const& step) {
        auto const* const create = std::get_if<Create<object::Index>>(&step);
        return is_being_built(step) || (create != nullptr && is_in_work(create->object.name));
    });
    for (auto& step : steps) {
        auto* const create = std::get_if<Create<object::Index>>(&step);
        auto const* const old =
            create == nullptr ? nullptr : from.indexes.find(create->object.name);
        if (old == nullptr || !old->is_invalid) continue;
        auto sound = *old;
        sound.is_invalid = false;
        if (old->has_unmodeled_options && sound == create->object)
            create->object.definition = old->definition;
    }
    auto const stays = [&](object::Index const& index) {
        auto const* const table = to.tables.find(index.table);
        return table != nullptr &&
               std::all_of(index.needed_columns.begin(), index.needed_columns.end(),
                           [&](auto const& name) { return find_column(*table, name) != nullptr; });
    };
    rebuild_undeclared(stays, steps);
}

/// Where views are not compared, one that an index is on need not be there.
void leave_out_views(Schema const& from, Schema const& to, Steps& steps) {
    auto const is_left_out = [&](object::Index const& index) {
        object::ObjectRef const view{object::ObjectKind::table, index.table};
        return index.is_of_view && from.definitions.find(view) == nullptr &&
               to.definitions.find(view) == nullptr;
    };
    std::erase_if(steps, [&](Step const& step) {
        auto const is_of_view = overloaded{
            [&](Create<object::Index> const& each) { return is_left_out(each.object); },
            [&](Alter<object::Index> const& each) { return is_left_out(each.to); },
            [&](Drop<object::Index> const& each) { return is_left_out(each.object); },
            [](auto const&) { return false; },
        };
        return std::visit(is_of_view, step);
    });
}

/// The tables of which an index is the one that CLUSTER goes by.
std::set<sql::QualifiedName> clustered_tables(Schema const& schema) {
    std::set<sql::QualifiedName> names{};
    for (auto const& [name, index] : schema.indexes) {
        if (index.details && index.details->storage.is_clustered) names.insert(index.table);
    }
    for (auto const& [name, table] : schema.tables) {
        auto const& key = table.primary_key;
        if (key && key->details && key->details->storage.is_clustered) names.insert(name);
    }
    return names;
}

template <class Details>
void forget_clustering(Boxed<Details>& from, Boxed<Details> const& to) {
    if (from && to && !to->storage.is_clustered) from->storage.is_clustered = false;
}

/// CLUSTER ON an index takes it from the other one. That said by itself, it would also undo what a
/// step before has done.
void settle_clustering(Schema const& to, Steps& steps) {
    auto const clustered = clustered_tables(to);
    if (clustered.empty()) return;
    for (auto& step : steps) {
        if (auto* const index = std::get_if<Alter<object::Index>>(&step)) {
            if (!clustered.contains(index->from.table)) continue;
            forget_clustering(index->from.details, index->to.details);
        } else if (auto* const table = std::get_if<Alter<object::Table>>(&step)) {
            auto& from = table->from.primary_key;
            auto const& now = table->to.primary_key;
            if (!clustered.contains(table->from.name) || !from || !now) continue;
            forget_clustering(from->details, now->details);
        }
    }
    std::erase_if(steps, [](Step const& step) {
        auto const* const index = std::get_if<Alter<object::Index>>(&step);
        auto const* const table = std::get_if<Alter<object::Table>>(&step);
        return (index != nullptr && index->from == index->to) ||
               (table != nullptr && table->from == table->to);
    });
}

/// New indexes of old tables come in the order that the tables have had.
void note_old_tables(Schema const& from, Steps& steps) {
    for (auto& step : steps) {
        auto* const create = std::get_if<Create<object::Index>>(&step);
        auto const* const table =
            create == nullptr ? nullptr : from.tables.find(create->object.table);
        if (table != nullptr) create->object.table_origin = table->origin;
    }
}

}  // namespace

Steps diff(Schema const& from, Schema const& to) {
    auto members = extension_members(from);
    members.merge(extension_members(to));
    if (!members.empty()) {
        return diff(without_tables(from, members), without_tables(to, members));
    }
    if (auto renames = renames_to(from, to); !renames.empty()) {
        auto said = to;
        forget_asked(said);
        for (auto& step : diff(renamed(from, renames), said)) renames.push_back(std::move(step));
        return renames;
    }
    if (has_sequences_to_part(from, to)) {
        auto before = from, after = to;
        part_sequences(before, after);
        return diff(before, after);
    }
    if (leave_parents(from, to)) {
        auto const left = without_left_parents(from, to);
        auto steps = diff(left, to);
        for (auto& step : leaving_steps(from, left)) steps.push_back(std::move(step));
        return steps;
    }
    auto const crossed = crossed_join_tables(from, to);
    if (!crossed.empty()) {
        auto steps = diff(with_exchanged_columns(from, crossed), to);
        for (auto const& table : crossed) steps.push_back(exchange_columns(from, table));
        return steps;
    }
    Steps steps{};
    auto const is_whole = from.is_whole && to.is_whole;
    for_each_kind([&](auto member) { pair(from.*member, to.*member, to, is_whole, steps); });
    if (!is_whole) leave_out_views(from, to, steps);
    settle_invalid_indexes(from, to, steps);
    steps = follow_parents(from, to, std::move(steps));
    steps = settle_logging(from, to, std::move(steps));
    steps = settle_inherited_checks(from, to, std::move(steps));
    steps = make_parts_again(from, to, rebuild_enums(from, to, std::move(steps)));
    steps = cascade(from, to, pair_parts(from, to, std::move(steps)));
    steps = settle_parts(from, to, std::move(steps));
    steps = settle_rebuilt_parts(from, to, std::move(steps));
    steps = leave_rights_of_owners(from, to, std::move(steps));
    steps = restore_attached(from, to, std::move(steps));
    note_old_tables(from, steps);
    note_stored_results(from, steps);
    settle_clustering(to, steps);
    return steps;
}

}  // namespace cm::schema
