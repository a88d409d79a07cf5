// CHECK constraints of tables: manual, 5.4.1.
#include <fmt/format.h>

#include "object/definition/check.sql.hpp"
#include "object/definition/kinds.hpp"
#include "sql/name.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

constexpr std::string_view not_valid = " NOT VALID";

Statements create(Definition const& object) {
    return {fmt::format("{} {}", alter_constraint(object, "ADD"), object.text)};
}

Statements drop(Definition const& object) {
    return {alter_constraint(object, "DROP")};
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (from.text != to.text + std::string{not_valid}) return {};
    return Statements{alter_constraint(to, "VALIDATE")};
}

/// One that is inherited has shape; the parent's statement renames it.
std::string rename(Definition const& from, Definition const& to) {
    return fmt::format("{} TO {}", alter_constraint(from, "RENAME"),
                       sql::quote_identifier(to.id.part));
}

}  // namespace

DefinitionKind const check_kind{.title = "check constraint",
                                .caption = "CheckConstraint",
                                .id_kind = ObjectKind::constraint,
                                .query = sql_text::object_definition_check,
                                .create_rank = 95,
                                .drop_rank = 35,
                                .is_member = true,
                                .is_handed_down = true,
                                .is_rebuilt = true,
                                .create = create,
                                .drop = drop,
                                .alter = alter,
                                .rename = rename};

}  // namespace cm::object
