// Composite types: manual, CREATE TYPE, ALTER TYPE.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "object/definition/composite_type.sql.hpp"
#include "object/definition/kinds.hpp"
#include "object/definition/parts.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

/// As in `ATTRIBUTE name`, the facts of which there is one for each, in their order.
constexpr std::string_view prefix = "ATTRIBUTE ";

Statements create(Definition const& object) {
    std::vector<std::string> attributes{};
    for (auto const& [name, type] : object.facts) {
        attributes.push_back(fmt::format("{} {}", name.substr(prefix.size()), type));
    }
    return {fmt::format("CREATE TYPE {} AS ({})", object.address, fmt::join(attributes, ", "))};
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP TYPE {}", object.address)};
}

/// New attributes come last; the others keep their order.
std::optional<Statements> alter(Definition const& from, Definition const& to) {
    std::vector<std::string> actions{}, names{};
    for (auto const& [name, type] : from.facts) {
        if (fact(to, name).empty()) {
            actions.push_back(fmt::format("DROP {}", name));
        } else {
            names.push_back(name);
        }
    }
    for (auto const& [name, type] : to.facts) {
        auto const before = fact(from, name);
        if (before.empty()) {
            names.push_back(name);
            actions.push_back(fmt::format("ADD {} {}", name, type));
        } else if (before != type) {
            actions.push_back(fmt::format("ALTER {} TYPE {}", name, type));
        }
    }
    auto const is_ordered = std::equal(
        names.begin(), names.end(), to.facts.begin(), to.facts.end(),
        [](std::string const& name, Fact const& attribute) { return name == attribute.first; });
    if (!is_ordered) return {};
    return Statements{fmt::format("ALTER TYPE {} {}", to.address, fmt::join(actions, ", "))};
}

bool rewrites(Definition const& from, Definition const& to) {
    return std::any_of(to.facts.begin(), to.facts.end(), [&](Fact const& it) {
        auto const before = fact(from, it.first);
        return !before.empty() && before != it.second;
    });
}

std::vector<std::string> part_names(Definition const& object) {
    std::vector<std::string> names{};
    for (auto const& [name, type] : object.facts)
        names.push_back(leading_name(std::string_view{name}.substr(prefix.size())).name);
    return names;
}

void rename_part(Definition& object, std::string const& from, std::string const& to) {
    for (auto& fact : object.facts) replace_name(fact.first, prefix, from, to);
}

}  // namespace

DefinitionKind const composite_type_kind{.title = "composite type",
                                         .caption = "Type",
                                         .id_kind = ObjectKind::enum_,
                                         .place = "types",
                                         .query = sql_text::object_definition_composite_type,
                                         .create_rank = 25,
                                         .drop_rank = 79,
                                         .is_named_by_others = true,
                                         .create = create,
                                         .drop = drop,
                                         .alter = alter,
                                         .rename = rename_object,
                                         .part_names = part_names,
                                         .rename_part = rename_part,
                                         .part_word = "ATTRIBUTE",
                                         .rewrites = rewrites};

}  // namespace cm::object
