// Rewrite rules: manual, CREATE RULE, ALTER TABLE … ENABLE RULE.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "object/definition/rule.sql.hpp"
#include "sql/name.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

std::string enable(Definition const& object) {
    return fmt::format("ALTER TABLE {} {} RULE {}", object.address, enabling(object),
                       sql::quote_identifier(object.id.part));
}

Statements create(Definition const& object) {
    Statements out{object.text};
    if (fact(object, "enabled") != "O") out.push_back(enable(object));
    return out;
}

Statements drop(Definition const& object) {
    return {
        fmt::format("DROP RULE {} ON {}", sql::quote_identifier(object.id.part), object.address)};
}

/// A rule that is replaced stays enabled or disabled.
std::optional<Statements> alter(Definition const& from, Definition const& to) {
    constexpr std::string_view verb = "CREATE ";
    Statements out{};
    if (!has_same_text(from, to)) {
        out.push_back(fmt::format("CREATE OR REPLACE {}", to.text.substr(verb.size())));
    }
    if (fact(from, "enabled") != fact(to, "enabled")) out.push_back(enable(to));
    return out;
}

std::vector<std::string> rename(Definition const& from, Definition const& to) {
    return rename_member(from, to, "RULE");
}

}  // namespace

DefinitionKind const rule_kind{.title = "rule",
                               .caption = "Rule",
                               .id_kind = ObjectKind::rule,
                               .query = sql_text::object_definition_rule,
                               .create_rank = 141,
                               .drop_rank = 18,
                               .is_member = true,
                               .create = create,
                               .drop = drop,
                               .alter = alter,
                               .rename = rename};

}  // namespace cm::object
