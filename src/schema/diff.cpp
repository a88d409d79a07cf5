// The differ: one full outer join for all kinds, then the two rules that are truly about two kinds.
#include "schema/diff.hpp"

#include "schema/cascade.hpp"
#include "schema/enum_rebuild.hpp"
#include "schema/inheritance.hpp"
#include "schema/scope.hpp"

namespace cm::schema {
namespace {

template <class T>
struct Unpaired {
    std::vector<T const*> gone{}, come{};
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
                steps.push_back(Drop<T>{object});
                steps.push_back(Create<T>{*now});
                break;
        }
    }
    for (auto const& [name, object] : to) {
        if (from.find(name) == nullptr) {
            unpaired.come.push_back(&object);
        }
    }
}

/// What differs by its name alone is renamed. Each old object is used once.
template <class T>
void pair_renamed(Unpaired<T>& unpaired, Steps& steps) {
    std::erase_if(unpaired.come, [&](T const* now) {
        auto const old =
            std::find_if(unpaired.gone.begin(), unpaired.gone.end(),
                         [&](T const* candidate) { return renamed(*candidate, *now); });
        if (old == unpaired.gone.end()) {
            return false;
        }
        steps.push_back(Alter<T>{**old, *now});
        unpaired.gone.erase(old);
        return true;
    });
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
    if constexpr (std::same_as<T, object::Index>) return !object.is_richer;
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
    Steps steps{};
    for_each_kind([&](auto member) { pair(from.*member, to.*member, steps); });
    steps = follow_parents(from, to, std::move(steps));
    steps = cascade(from, to, rebuild_enums(from, to, std::move(steps)));
    note_old_tables(from, steps);
    return steps;
}

}  // namespace cm::schema
