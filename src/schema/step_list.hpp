// What a list of steps does to one object.
#pragma once
#include <algorithm>

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

}  // namespace cm::schema
