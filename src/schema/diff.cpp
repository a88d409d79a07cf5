// The differ: one full outer join for all kinds, then the two rules that are truly about two kinds.
#include "schema/diff.hpp"

#include "schema/cascade.hpp"
#include "schema/enum_rebuild.hpp"
#include "schema/inheritance.hpp"
#include "schema/join_sides.hpp"
#include "schema/scope.hpp"

namespace cm::schema {
namespace {

template <class T>
struct Unpaired {
    std::vector<T const*> gone{}, come{};
    std::vector<Alter<T>> recreated{};  ///< of the same name, but one does not become the other
};

template <class T>
void pair_common(Objects<T> const& from, Objects<T> const& to, Steps& steps,
                 Unpaired<T>& unpaired) {
    for (auto const& [name, object] : from) {
        auto const* const now = to.find(name);
        if (now == nullptr) {
            unpaired.gone.push_back(&object);
            continue;
        }
        switch (remedy(object, *now)) {
            case object::Remedy::none:
                break;
            case object::Remedy::alter:
                steps.push_back(Alter<T>{object, *now});
                break;
            case object::Remedy::recreate:
                unpaired.recreated.push_back({object, *now});
                break;
        }
    }
    for (auto const& [name, object] : to) {
        if (from.find(name) == nullptr) {
            unpaired.come.push_back(&object);
        }
    }
}

/// Renames an old object that differs by its name alone; false if there is none. Each is used once.
template <class T>
bool rename_to(T const& now, Unpaired<T>& unpaired, Steps& steps) {
    auto const old = std::find_if(unpaired.gone.begin(), unpaired.gone.end(),
                                  [&](T const* candidate) { return renamed(*candidate, now); });
    if (old == unpaired.gone.end()) return false;
    steps.push_back(Alter<T>{**old, now});
    unpaired.gone.erase(old);
    return true;
}

template <class T>
void pair_renamed(Unpaired<T>& unpaired, Steps& steps) {
    std::erase_if(unpaired.come, [&](T const* now) { return rename_to(*now, unpaired, steps); });
    // An old object may also take the place of another that has the name still.
    for (auto const& [from, to] : unpaired.recreated) {
        steps.push_back(Drop<T>{from});
        if (!rename_to(to, unpaired, steps)) steps.push_back(Create<T>{to});
    }
}

/// No model can say a table without columns; but one may give it some.
template <class T>
bool can_be_said(T const& object) {
    if constexpr (std::same_as<T, object::Table>) return !object.columns.empty();
    return true;
}

/// A namespace may hold what cm-migrate does not see, and so may use an extension; an index may do
/// what a declaration could not ask for.
template <class T>
bool is_ours_to_drop(T const& object) {
    if (!can_be_said(object)) return false;
    if constexpr (std::same_as<T, object::Index>) return !object.is_richer || object.is_invalid;
    return !std::same_as<T, object::Namespace> && !std::same_as<T, object::Extension>;
}

template <class T>
void pair(Objects<T> const& from, Objects<T> const& to, Steps& steps) {
    Unpaired<T> unpaired{};
    pair_common(from, to, steps, unpaired);
    pair_renamed(unpaired, steps);
    for (auto const* const object : unpaired.gone) {
        if (is_ours_to_drop(*object)) steps.push_back(Drop<T>{*object});
    }
    for (auto const* const object : unpaired.come) {
        if (can_be_said(*object)) steps.push_back(Create<T>{*object});
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
        if (drop == nullptr || !drop->object.is_invalid || !drop->object.is_richer) continue;
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
        if (old->is_richer && sound == create->object) create->object.definition = old->definition;
    }
    auto const stays = [&](object::Index const& index) {
        auto const* const table = to.tables.find(index.table);
        return table != nullptr &&
               std::all_of(index.needed_columns.begin(), index.needed_columns.end(),
                           [&](auto const& name) { return find_column(*table, name) != nullptr; });
    };
    rebuild_undeclared(stays, steps);
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
    auto const crossed = crossed_join_tables(from, to);
    if (!crossed.empty()) {
        auto steps = diff(with_exchanged_columns(from, crossed), to);
        for (auto const& table : crossed) steps.push_back(exchange_columns(from, table));
        return steps;
    }
    Steps steps{};
    for_each_kind([&](auto member) { pair(from.*member, to.*member, steps); });
    settle_invalid_indexes(from, to, steps);
    steps = follow_parents(from, to, std::move(steps));
    steps = cascade(from, to, rebuild_enums(from, to, std::move(steps)));
    note_old_tables(from, steps);
    return steps;
}

}  // namespace cm::schema
