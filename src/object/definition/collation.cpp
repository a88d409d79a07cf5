// Collations: manual, CREATE COLLATION. Nothing of one can be altered but its version, which
// belongs to the server.
#include <fmt/format.h>

#include "object/definition/collation.sql.hpp"
#include "object/definition/kinds.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

Statements create(Definition const& object) {
    return {fmt::format("CREATE COLLATION {} {}", object.address, object.text)};
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP COLLATION {}", object.address)};
}

}  // namespace

DefinitionKind const collation_kind{.title = "collation",
                                    .caption = "Collation",
                                    .id_kind = ObjectKind::collation,
                                    .place = "types",
                                    .query = sql_text::object_definition_collation,
                                    .create_rank = 15,
                                    .drop_rank = 81,
                                    .is_named_by_others = true,
                                    .create = create,
                                    .drop = drop,
                                    .rename = rename_object};

}  // namespace cm::object
