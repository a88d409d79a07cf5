// See change_undone.hpp: a merge of three, object by object.
#include "schema/change_undone.hpp"

#include <algorithm>

namespace cm::schema {
namespace {

/// What a value was before the change, unless it is no longer what the change made of it.
template <class Value>
void take_back(Value& latest, Value const& before, Value const& after) {
    if (latest == after) latest = before;
}

void take_back_columns(object::Table& latest, object::Table const& before,
                       object::Table const& after) {
    for (auto const& was : before.columns) {
        auto const* const became = find_column(after, was.name);
        auto* const now = find_column(latest, was.name);
        if (became == nullptr) {
            if (now == nullptr) latest.columns.push_back(was);
        } else if (now != nullptr) {
            take_back(*now, was, *became);
        }
    }
    std::erase_if(latest.columns, [&](object::Column const& now) {
        auto const* const added = find_column(after, now.name);
        return added != nullptr && find_column(before, now.name) == nullptr && now == *added;
    });
}

/// Of an object that is there all the time.
template <class T>
void take_back_parts(T& latest, T const& before, T const& after) {
    if (before == after) return;
    if (latest == after) {
        latest = before;
        return;
    }
    if constexpr (std::same_as<T, object::Table>) {
        take_back_columns(latest, before, after);
        take_back(latest.primary_key, before.primary_key, after.primary_key);
        take_back(latest.details, before.details, after.details);
    }
}

template <class T>
void take_back(Objects<T>& latest, Objects<T> const& before, Objects<T> const& after) {
    for (auto const& [name, was] : before) {
        auto const* const became = after.find(name);
        auto* const now = latest.find(name);
        if (became == nullptr) {
            latest.add(was);  // unless it is there again
        } else if (now != nullptr) {
            take_back_parts(*now, was, *became);
        }
    }
    for (auto const& [name, added] : after) {
        auto const* const now = latest.find(name);
        if (now != nullptr && before.find(name) == nullptr && *now == added) latest.remove(name);
    }
}

}  // namespace

Schema without_change(Schema latest, Schema const& before, Schema const& after) {
    for_each_kind([&](auto member) { take_back(latest.*member, before.*member, after.*member); });
    return latest;
}

}  // namespace cm::schema
