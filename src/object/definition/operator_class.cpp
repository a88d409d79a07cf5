// Operator classes: manual, CREATE OPERATOR CLASS. Nothing of one can be altered.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "object/definition/operator_class.sql.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

Statements drop(Definition const& object) {
    return {fmt::format("DROP OPERATOR CLASS {}", object.address)};
}

}  // namespace

DefinitionKind const operator_class_kind{.title = "operator class",
                                         .caption = "OperatorClass",
                                         .id_kind = ObjectKind::operator_class,
                                         .place = "operators.sql",
                                         .query = sql_text::object_definition_operator_class,
                                         .create_rank = 129,
                                         .drop_rank = 71,
                                         .is_named_by_others = true,
                                         .drop = drop,
                                         .rename = rename_object};

}  // namespace cm::object
