// Range types: manual, CREATE TYPE … AS RANGE. Nothing of one can be altered.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "object/definition/range_type.sql.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

Statements create(Definition const& object) {
    return {fmt::format("CREATE TYPE {} AS RANGE {}", object.address, object.text)};
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP TYPE {}", object.address)};
}

}  // namespace

DefinitionKind const range_type_kind{.title = "range type",
                                     .caption = "Type",
                                     .id_kind = ObjectKind::enum_,
                                     .place = "types",
                                     .query = sql_text::object_definition_range_type,
                                     .create_rank = 25,
                                     .drop_rank = 79,
                                     .is_named_by_others = true,
                                     .create = create,
                                     .drop = drop,
                                     .rename = rename_object};

}  // namespace cm::object
