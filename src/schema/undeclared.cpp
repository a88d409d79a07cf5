// See undeclared.hpp.
#include "schema/undeclared.hpp"

#include <set>

#include "base/overloaded.hpp"
#include "schema/diff.hpp"

namespace cm::schema {
namespace {

/// What is recreated is declared.
std::set<object::ObjectRef> created(Steps const& steps) {
    std::set<object::ObjectRef> made{};
    for (auto const& step : steps) {
        std::visit(overloaded{[&]<class T>(Create<T> const& it) { made.insert(self(it.object)); },
                              [](auto const&) {}},
                   step);
    }
    return made;
}

template <class T>
void add_object(Schema& schema, T const& object) {
    for_each_kind([&](auto member) {
        if constexpr (requires { (schema.*member).add(object); }) (schema.*member).add(object);
    });
}

}  // namespace

std::vector<object::ObjectRef> keep_undeclared(
    Schema const& from, Schema& to, std::function<bool(object::ObjectRef const&)> const& is_kept) {
    auto const steps = diff(from, to);
    auto const made = created(steps);
    std::vector<object::ObjectRef> kept{};
    for (auto const& step : steps) {
        std::visit(overloaded{[&]<class T>(Drop<T> const& it) {
                                  auto const name = self(it.object);
                                  if (made.contains(name) || !is_kept(name)) return;
                                  add_object(to, it.object);
                                  kept.push_back(name);
                              },
                              [](auto const&) {}},
                   step);
    }
    return kept;
}

}  // namespace cm::schema
