// Domains: manual, CREATE DOMAIN, ALTER DOMAIN. The type that one is made of cannot be altered.
#include <fmt/format.h>

#include <algorithm>

#include "object/definition/domain.sql.hpp"
#include "object/definition/kinds.hpp"
#include "object/definition/parts.hpp"
#include "sql/canonical_definition.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

constexpr std::string_view not_valid = " NOT VALID";

constexpr std::string_view constraint = "CONSTRAINT ";

bool is_constraint(Fact const& fact) {
    return fact.first.starts_with(constraint);
}

std::string alter_domain(Definition const& object) {
    return fmt::format("ALTER DOMAIN {}", object.address);
}

std::string add(Definition const& object, Fact const& it) {
    return fmt::format("{} ADD {} {}", alter_domain(object), it.first, it.second);
}

/// CREATE DOMAIN knows no constraint that is not yet valid.
Statements create(Definition const& object) {
    Statements out{fmt::format("CREATE DOMAIN {} {}", object.address, object.text)};
    auto& text = out.front();
    if (auto const value = fact(object, "DEFAULT"); !value.empty()) {
        text += fmt::format(" DEFAULT {}", value);
    }
    if (!fact(object, "NOT NULL").empty()) text += " NOT NULL";
    Statements later{};
    for (auto const& it : object.facts) {
        if (!is_constraint(it)) continue;
        if (it.second.ends_with(not_valid)) {
            later.push_back(add(object, it));
        } else {
            text += fmt::format(" {} {}", it.first, it.second);
        }
    }
    out.insert(out.end(), later.begin(), later.end());
    return out;
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP DOMAIN {}", object.address)};
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (!has_same_text(from, to)) return {};
    Statements out{}, added{};
    for (auto const& it : from.facts) {
        if (is_constraint(it) && fact(to, it.first).empty()) {
            out.push_back(fmt::format("{} DROP {}", alter_domain(to), it.first));
        }
    }
    for (auto const& it : to.facts) {
        if (!is_constraint(it)) continue;
        auto const before = fact(from, it.first);
        if (sql::are_same_definitions(before, it.second)) continue;
        if (sql::are_same_definitions(before, it.second + std::string{not_valid})) {
            added.push_back(fmt::format("{} VALIDATE {}", alter_domain(to), it.first));
            continue;
        }
        if (!before.empty()) out.push_back(fmt::format("{} DROP {}", alter_domain(to), it.first));
        added.push_back(add(to, it));
    }
    auto const value = fact(to, "DEFAULT");
    if (!sql::are_same_definitions(fact(from, "DEFAULT"), value)) {
        out.push_back(value.empty() ? fmt::format("{} DROP DEFAULT", alter_domain(to))
                                    : fmt::format("{} SET DEFAULT {}", alter_domain(to), value));
    }
    if (fact(from, "NOT NULL") != fact(to, "NOT NULL")) {
        out.push_back(fmt::format("{} {} NOT NULL", alter_domain(to),
                                  fact(to, "NOT NULL").empty() ? "DROP" : "SET"));
    }
    out.insert(out.end(), added.begin(), added.end());
    return out;
}

/// One that only becomes valid stays.
std::vector<std::string> lost_parts(Definition const& from, Definition const& to) {
    std::vector<std::string> names{};
    for (auto const& it : from.facts) {
        auto const now = fact(to, it.first);
        if (!is_constraint(it) || sql::are_same_definitions(it.second, now) ||
            sql::are_same_definitions(it.second, now + std::string{not_valid}))
            continue;
        names.push_back(it.first.substr(constraint.size()));
    }
    return names;
}

std::vector<std::string> part_names(Definition const& object) {
    std::vector<std::string> names{};
    for (auto const& it : object.facts) {
        if (is_constraint(it))
            names.push_back(
                leading_name(std::string_view{it.first}.substr(constraint.size())).name);
    }
    return names;
}

void rename_part(Definition& object, std::string const& from, std::string const& to) {
    for (auto& it : object.facts) replace_name(it.first, constraint, from, to);
}

/// Without default and checks.
std::optional<Definition> loosened(Definition const& object) {
    auto rest = object;
    std::erase_if(rest.facts, [](Fact const& it) { return it.first != "NOT NULL"; });
    std::erase_if(rest.uses, [](ObjectRef const& it) {
        return it.kind != ObjectKind::enum_ && it.kind != ObjectKind::collation &&
               it.kind != ObjectKind::extension;
    });
    return rest;
}

/// What becomes required or gets a check that counts for the values there are.
bool rewrites(Definition const& from, Definition const& to) {
    if (fact(from, "NOT NULL").empty() && !fact(to, "NOT NULL").empty()) return true;
    return std::any_of(to.facts.begin(), to.facts.end(), [&](Fact const& it) {
        return is_constraint(it) && !it.second.ends_with(not_valid) &&
               !sql::are_same_definitions(fact(from, it.first), it.second);
    });
}

}  // namespace

DefinitionKind const domain_kind{.title = "domain",
                                 .caption = "Domain",
                                 .id_kind = ObjectKind::enum_,
                                 .place = "types",
                                 .query = sql_text::object_definition_domain,
                                 .create_rank = 25,
                                 .drop_rank = 79,
                                 .is_named_by_others = true,
                                 .create = create,
                                 .drop = drop,
                                 .alter = alter,
                                 .rename = rename_object,
                                 .part_names = part_names,
                                 .rename_part = rename_part,
                                 .part_word = "CONSTRAINT",
                                 .loosened = loosened,
                                 .is_freed_by_parts = true,
                                 .rewrites = rewrites,
                                 .is_domain = true,
                                 .lost_parts = lost_parts};

}  // namespace cm::object
