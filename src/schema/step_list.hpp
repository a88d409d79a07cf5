// What a list of steps does to one object.
#pragma once
#include <algorithm>
#include <set>
#include <string>

#include "schema/step.hpp"

namespace cm::schema {

template <class T>
bool is_dropped(Steps const& steps, T const& object) {
    return std::any_of(steps.begin(), steps.end(), [&](Step const& step) {
        auto const* const drop = std::get_if<Drop<T>>(&step);
        return drop != nullptr && key(drop->object) == key(object);
    });
}

template <class T>
bool is_created(Steps const& steps, T const& object) {
    return std::any_of(steps.begin(), steps.end(), [&](Step const& step) {
        auto const* const create = std::get_if<Create<T>>(&step);
        return create != nullptr && key(create->object) == key(object);
    });
}

/// Takes the changes of that object out.
template <class T>
void drop_changes(T const& object, Steps& steps) {
    std::erase_if(steps, [&](Step const& step) {
        auto const* const alter = std::get_if<Alter<T>>(&step);
        return alter != nullptr && key(alter->from) == key(object);
    });
}

/// Columns that go, and those that come again.
struct LostColumns {
    std::set<std::string> dropped{}, replaced{};
};

inline LostColumns lost_columns(Alter<object::Table> const& step) {
    LostColumns lost{};
    for (auto const& change : step.changes()) {
        if (auto const* const drop = std::get_if<Drop<object::Column>>(&change)) {
            lost.dropped.insert(drop->object.name);
        } else if (auto const* const replace = std::get_if<object::ReplaceColumn>(&change)) {
            lost.replaced.insert(replace->from.name);
        }
    }
    return lost;
}

}  // namespace cm::schema
