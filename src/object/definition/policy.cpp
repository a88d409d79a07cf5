// Policies: manual, CREATE POLICY, ALTER POLICY.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "object/definition/policy.sql.hpp"
#include "sql/canonical_definition.hpp"
#include "sql/name.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

std::string policy(Definition const& object, std::string_view verb) {
    return fmt::format("{} POLICY {} ON {}", verb, sql::quote_identifier(object.id.part),
                       object.address);
}

std::string clause(std::string const& name, std::string const& value) {
    return name == "AS" || name == "FOR" || name == "TO" ? fmt::format(" {} {}", name, value)
                                                         : fmt::format(" {} ({})", name, value);
}

Statements create(Definition const& object) {
    auto text = policy(object, "CREATE");
    for (auto const& [name, value] : object.facts) {
        if (!value.empty()) text += clause(name, value);
    }
    return {text};
}

Statements drop(Definition const& object) {
    return {policy(object, "DROP")};
}

/// ALTER POLICY changes roles and expressions, and takes no expression away.
std::optional<Statements> alter(Definition const& from, Definition const& to) {
    auto text = policy(to, "ALTER");
    for (auto const& [name, value] : to.facts) {
        auto const before = fact(from, name);
        if (sql::are_same_definitions(before, value)) continue;
        if (name == "AS" || name == "FOR" || value.empty()) return {};
        text += clause(name, value);
    }
    return Statements{text};
}

std::vector<std::string> rename(Definition const& from, Definition const& to) {
    return rename_member(from, to, "POLICY");
}

}  // namespace

DefinitionKind const policy_kind{.title = "policy",
                                 .caption = "Policy",
                                 .id_kind = ObjectKind::policy,
                                 .query = sql_text::object_definition_policy,
                                 .create_rank = 141,
                                 .drop_rank = 20,
                                 .is_member = true,
                                 .create = create,
                                 .drop = drop,
                                 .alter = alter,
                                 .rename = rename};

}  // namespace cm::object
