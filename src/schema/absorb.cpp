// See absorb.hpp.
#include "schema/absorb.hpp"

#include <set>

namespace cm::schema {

Steps absorb(Steps steps) {
    std::set<object::ObjectRef> dropped{};
    auto const collect =
        overloaded{[&]<class T>(Drop<T> const& step) { dropped.insert(self(step.object)); },
                   [](auto const&) {}};
    for (auto const& step : steps) {
        std::visit(collect, step);
    }
    auto const goes_with_owner = overloaded{[&]<class T>(Drop<T> const& step) {
                                                auto const held_by = owner(step.object);
                                                return held_by && dropped.contains(*held_by);
                                            },
                                            [](auto const&) { return false; }};
    std::erase_if(steps, [&](Step const& step) { return std::visit(goes_with_owner, step); });
    return steps;
}

}  // namespace cm::schema
