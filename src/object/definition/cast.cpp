// Casts: manual, CREATE CAST. Nothing of one can be altered.
#include <fmt/format.h>

#include "object/definition/cast.sql.hpp"
#include "object/definition/kinds.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

Statements create(Definition const& object) {
    return {fmt::format("CREATE CAST {} {}", object.address, object.text)};
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP CAST {}", object.address)};
}

}  // namespace

DefinitionKind const cast_kind{.title = "cast",
                               .caption = "Cast",
                               .id_kind = ObjectKind::cast,
                               .place = "casts.sql",
                               .query = sql_text::object_definition_cast,
                               .create_rank = 26,
                               .drop_rank = 73,
                               .stands_for_routine = true,
                               .create = create,
                               .drop = drop};

}  // namespace cm::object
