// Comments: manual, COMMENT. They belong to an object or a part of it.
#include <fmt/format.h>

#include "object/definition/comment.sql.hpp"
#include "object/definition/kinds.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

Statements create(Definition const& object) {
    return {fmt::format("COMMENT ON {} IS {}", object.address, object.text)};
}

/// Some objects have one that is no definition, of which `shape` tells.
Statements drop(Definition const& object) {
    return {fmt::format("COMMENT ON {} IS {}", object.address,
                        object.shape.empty() ? "NULL" : object.shape.front())};
}

std::optional<Statements> alter(Definition const& /*from*/, Definition const& to) {
    return create(to);
}

}  // namespace

DefinitionKind const comment_kind{.title = "comment",
                                  .caption = "Comment",
                                  .id_kind = ObjectKind::comment,
                                  .query = sql_text::object_definition_comment,
                                  .names_objects = true,
                                  .create_rank = 160,
                                  .drop_rank = 15,
                                  .is_attached = true,
                                  .is_rebuilt = true,
                                  .create = create,
                                  .drop = drop,
                                  .alter = alter};

}  // namespace cm::object
