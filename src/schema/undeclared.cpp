// See undeclared.hpp.
#include "schema/undeclared.hpp"

#include <fmt/format.h>

#include <set>

#include "base/diagnostic.hpp"
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

/// The column that it uses and `to` lacks, though `to` has the table; empty if there is none.
template <class T>
std::string lost_column(T const& object, Schema const& to) {
    for (auto const& reference : references(object)) {
        if (reference.part.empty()) continue;
        auto const* const table = to.tables.find(reference.name);
        if (table == nullptr || find_column(*table, reference.part) != nullptr) continue;
        return reference.part;
    }
    return {};
}

/// Definitions are what no model can say.
template <class T>
bool is_said_by_models(T const& object) {
    if constexpr (std::same_as<T, object::Index>) return !object.has_unmodeled_options;
    // Who does not list one may have it all the same.
    if constexpr (std::same_as<T, object::Extension>) return false;
    return !std::same_as<T, object::Definition>;
}

/// PostgreSQL drops it with a column that it uses.
template <class T>
bool goes_with_columns(T const& object) {
    if constexpr (std::same_as<T, object::Definition>) {
        return object.id.kind == object::ObjectKind::constraint ||
               object.id.kind == object::ObjectKind::statistics;
    }
    return std::same_as<T, object::Index> || std::same_as<T, object::ForeignKey>;
}

template <class T>
[[noreturn]] void throw_in_use(T const& object, std::string const& column) {
    throw Failure(error("CM0312",
                        "the column `{}` cannot be dropped: the {} `{}`, which the schema "
                        "does not declare, depends on it",
                        column, title_of(object), display_name(object))
                      .help("declare it in its new form, or drop what is not declared: "
                            "`\"undeclared\": \"drop\"` in cm-migrate.json, for all or by kind"));
}

}  // namespace

std::vector<std::string> keep_undeclared(Schema const& from, Schema& to,
                                         std::function<bool(Undeclared const&)> const& is_kept) {
    auto const steps = diff(from, to);
    auto const made = created(steps);
    std::vector<std::string> kept{};
    for (auto const& step : steps) {
        std::visit(overloaded{[&]<class T>(Drop<T> const& it) {
                                  if (made.contains(self(it.object))) return;
                                  if (!is_kept({title_of(it.object), self(it.object),
                                                is_said_by_models(it.object)}))
                                      return;
                                  if (auto const lost = lost_column(it.object, to); !lost.empty()) {
                                      if (goes_with_columns(it.object)) return;
                                      throw_in_use(it.object, lost);
                                  }
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
