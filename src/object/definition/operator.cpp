// Operators: manual, CREATE OPERATOR, ALTER OPERATOR. One that names another as its commutator or
// negator links both, whichever is made first.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "object/definition/operator.sql.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

constexpr std::string_view none = "NONE";

Statements create(Definition const& object) {
    auto text = "CREATE OPERATOR " + object.text;
    for (auto const& [name, value] : object.facts) {
        if (value != none) text += fmt::format(", {} = {}", name, value);
    }
    return {text + ")"};
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP OPERATOR {}", object.address)};
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (!has_same_text(from, to)) return {};
    std::string changes{};
    for (auto const& [name, value] : to.facts) {
        if (fact(from, name) == value) continue;
        changes += fmt::format("{}{} = {}", changes.empty() ? "" : ", ", name, value);
    }
    return Statements{fmt::format("ALTER OPERATOR {} SET ({})", to.address, changes)};
}

}  // namespace

DefinitionKind const operator_kind{.title = "operator",
                                   .caption = "Operator",
                                   .id_kind = ObjectKind::operator_,
                                   .place = "operators.sql",
                                   .query = sql_text::object_definition_operator,
                                   .create_rank = 127,
                                   .drop_rank = 72,
                                   .create = create,
                                   .drop = drop,
                                   .alter = alter};

}  // namespace cm::object
