// See hazards.hpp.
#include "schema/hazards.hpp"

#include <algorithm>
#include <set>

#include "schema/enum_rebuild.hpp"

namespace cm::schema {
namespace {

using object::Aspect;
using object::ObjectKind;
using object::ObjectRef;

/// Tables and columns that the plan itself makes: they have no rows that could stand in the way.
std::set<ObjectRef> new_things(Steps const& plan) {
    std::set<ObjectRef> made{};
    for (auto const& step : plan) {
        if (auto const* const create = std::get_if<Create<object::Table>>(&step)) {
            made.insert(self(create->object));
        }
        auto const* const alter = std::get_if<Alter<object::Table>>(&step);
        if (alter == nullptr) {
            continue;
        }
        for (auto const& change : alter->changes()) {
            if (auto const* const column = std::get_if<Create<object::Column>>(&change)) {
                made.insert(
                    {ObjectKind::table, alter->to.name, Aspect::column, column->object.name});
            }
        }
    }
    return made;
}

template <class T>
bool is_about_new_things(Create<T> const& step, std::set<ObjectRef> const& made) {
    auto const needed = references(step.object);
    return std::any_of(needed.begin(), needed.end(),
                       [&](ObjectRef const& r) { return made.contains(r); });
}

}  // namespace

std::vector<object::Hazards> hazards_of(Steps const& plan) {
    auto const made = new_things(plan);
    std::vector<object::Hazards> all{};
    for (auto const& step : plan) {
        auto& out = all.emplace_back();
        std::visit(overloaded{[&]<class T>(Create<T> const& s) {
                                  if (!is_about_new_things(s, made)) {
                                      hazards(s, out);
                                  }
                              },
                              [&](auto const& s) { hazards(s, out); }},
                   step);
    }
    return all;
}

}  // namespace cm::schema
