// The column that a sequence of its own belongs to: manual, CREATE SEQUENCE … OWNED BY. Apart from
// the sequence, because the column's table may need the sequence to be there before. The old owner
// lets go before it may take the sequence along.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "object/definition/sequence_owner.sql.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

Statements create(Definition const& object) {
    return {fmt::format("ALTER SEQUENCE {} OWNED BY {}", object.address, object.text)};
}

Statements drop(Definition const& object) {
    return {fmt::format("ALTER SEQUENCE {} OWNED BY NONE", object.address)};
}

References uses(Definition const& object) {
    auto const& shape = object.shape;
    return {{ObjectKind::table, {shape.at(0), shape.at(1)}},
            {ObjectKind::table, {shape.at(2), shape.at(3)}, DependencyKind::column, shape.at(4)}};
}

}  // namespace

DefinitionKind const sequence_owner_kind{.title = "owner of sequence",
                                         .caption = "SequenceOwner",
                                         .id_kind = ObjectKind::sequence_owner,
                                         .query = sql_text::object_definition_sequence_owner,
                                         .create_rank = 96,
                                         .drop_rank = 13,
                                         .create = create,
                                         .drop = drop,
                                         .uses = uses};

}  // namespace cm::object
