// See undeclared.hpp.
#include "schema/undeclared.hpp"

#include <fmt/format.h>

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

std::vector<std::string> keep_undeclared(
    Schema const& from, Schema& to,
    std::function<bool(std::string_view kind, object::ObjectRef const&)> const& is_kept) {
    auto const steps = diff(from, to);
    auto const made = created(steps);
    std::vector<std::string> kept{};
    for (auto const& step : steps) {
        std::visit(overloaded{[&]<class T>(Drop<T> const& it) {
                                  if (made.contains(self(it.object))) return;
                                  if (!is_kept(title_of(it.object), self(it.object))) return;
                                  add_object(to, it.object);
                                  kept.push_back(fmt::format("{} `{}`", title_of(it.object),
                                                             display_name(it.object)));
                              },
                              [](auto const&) {}},
                   step);
    }
    return kept;
}

std::vector<std::string_view> kind_titles() {
    std::vector<std::string_view> titles{};
    for_each_kind([&](auto member) {
        using T = std::remove_cvref_t<decltype((std::declval<Schema>().*member).begin()->second)>;
        if constexpr (!std::same_as<T, object::Definition>) titles.push_back(title_of(T{}));
    });
    for (auto const* const kind : object::definition_kinds) titles.push_back(kind->title);
    return titles;
}

}  // namespace cm::schema
