// Exclusion constraints: manual, 5.4.6.
#include <fmt/format.h>

#include "object/definition/exclusion.sql.hpp"
#include "object/definition/kinds.hpp"
#include "sql/name.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

Statements create(Definition const& object) {
    return {fmt::format("{} {}", alter_constraint(object, "ADD"), object.text)};
}

Statements drop(Definition const& object) {
    return {alter_constraint(object, "DROP")};
}

std::string rename(Definition const& from, Definition const& to) {
    return fmt::format("{} TO {}", alter_constraint(from, "RENAME"),
                       sql::quote_identifier(to.id.part));
}

}  // namespace

DefinitionKind const exclusion_kind{.title = "exclusion constraint",
                                    .caption = "ExclusionConstraint",
                                    .id_kind = ObjectKind::constraint,
                                    .query = sql_text::object_definition_exclusion,
                                    .create_rank = 101,
                                    .drop_rank = 35,
                                    .is_member = true,
                                    .has_index = true,
                                    .create = create,
                                    .drop = drop,
                                    .rename = rename};

}  // namespace cm::object
