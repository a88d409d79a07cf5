// Operator families: manual, CREATE OPERATOR FAMILY, ALTER OPERATOR FAMILY. One is made by itself
// even where CREATE OPERATOR CLASS would make it, so that each has its own statement.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "object/definition/operator_family.sql.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

std::string change(Definition const& object, std::string_view verb, std::string const& member) {
    return fmt::format("ALTER OPERATOR FAMILY {} {} {}", object.address, verb, member);
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    Statements out{};
    for (auto const& [name, member] : from.facts) {
        if (fact(to, name) != member) out.push_back(change(to, "DROP", name));
    }
    for (auto const& [name, member] : to.facts) {
        if (fact(from, name) != member) out.push_back(change(to, "ADD", member));
    }
    return out;
}

Statements create(Definition const& object) {
    Statements out{fmt::format("CREATE OPERATOR FAMILY {}", object.address)};
    for (auto const& [name, member] : object.facts) out.push_back(change(object, "ADD", member));
    return out;
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP OPERATOR FAMILY {}", object.address)};
}

}  // namespace

DefinitionKind const operator_family_kind{.title = "operator family",
                                          .caption = "OperatorFamily",
                                          .id_kind = ObjectKind::operator_family,
                                          .place = "operators.sql",
                                          .query = sql_text::object_definition_operator_family,
                                          .create_rank = 128,
                                          .drop_rank = 71,
                                          .is_named_by_others = true,
                                          .create = create,
                                          .drop = drop,
                                          .alter = alter,
                                          .rename = rename_object};

}  // namespace cm::object
