// Default privileges: manual, ALTER DEFAULT PRIVILEGES. Each fact is one change to the privileges
// that go without saying; they are there as long as there is one.
#include <fmt/format.h>

#include "object/definition/default_privileges.sql.hpp"
#include "object/definition/kinds.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

constexpr std::string_view grantable = "WITH GRANT OPTION";

std::string statement(Definition const& object, std::string_view change) {
    return fmt::format("ALTER DEFAULT PRIVILEGES {} {}", object.address, change);
}

/// `GRANT … TO …` as `REVOKE … FROM …`, and the other way round. No word before the role's is
/// quoted.
std::string opposite(std::string_view change) {
    auto const is_grant = change.starts_with("GRANT ");
    std::string_view const link = is_grant ? " TO " : " FROM ";
    auto const verb_end = change.find(' ');
    auto const at = change.find(link);
    return fmt::format("{}{}{}{}", is_grant ? "REVOKE" : "GRANT",
                       change.substr(verb_end, at - verb_end), is_grant ? " FROM " : " TO ",
                       change.substr(at + link.size()));
}

std::string carry_out(Definition const& object, Fact const& fact) {
    return statement(object, fact.second == grantable ? fmt::format("{} {}", fact.first, grantable)
                                                      : fact.first);
}

Statements create(Definition const& object) {
    Statements out{};
    for (auto const& it : object.facts) out.push_back(carry_out(object, it));
    return out;
}

Statements drop(Definition const& object) {
    Statements out{};
    for (auto const& it : object.facts) out.push_back(statement(object, opposite(it.first)));
    return out;
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    Statements out{};
    for (auto const& it : from.facts) {
        // A right that stays, but may be passed on no longer, is taken and given.
        auto const after = fact(to, it.first);
        if (after == it.second || after == grantable) continue;
        out.push_back(statement(to, opposite(it.first)));
    }
    for (auto const& it : to.facts) {
        if (fact(from, it.first) != it.second) out.push_back(carry_out(to, it));
    }
    return out;
}

}  // namespace

DefinitionKind const default_privileges_kind{
    .title = "default privileges",
    .caption = "DefaultPrivileges",
    .id_kind = ObjectKind::privileges,
    .place = "default_privileges.sql",
    .query = sql_text::object_definition_default_privileges,
    .create_rank = 185,
    .drop_rank = -5,
    .is_collection = true,
    .create = create,
    .drop = drop,
    .alter = alter};

}  // namespace cm::object
