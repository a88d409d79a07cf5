// Aggregates: manual, CREATE AGGREGATE.
#include <fmt/format.h>

#include "object/definition/aggregate.sql.hpp"
#include "object/definition/kinds.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

std::string statement(std::string_view verb, Definition const& object) {
    return fmt::format("{} AGGREGATE {} {}", verb, object.address, object.text);
}

Statements create(Definition const& object) {
    return {statement("CREATE", object)};
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP AGGREGATE {}", object.address)};
}

/// CREATE OR REPLACE changes neither the sort nor the result.
std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (from.shape != to.shape) return {};
    return Statements{statement("CREATE OR REPLACE", to)};
}

}  // namespace

DefinitionKind const aggregate_kind{.title = "aggregate",
                                    .caption = "Aggregate",
                                    .id_kind = ObjectKind::routine,
                                    .place = "routines",
                                    .query = sql_text::object_definition_aggregate,
                                    .create_rank = 126,
                                    .drop_rank = 74,
                                    .is_named_by_others = true,
                                    .create = create,
                                    .drop = drop,
                                    .alter = alter,
                                    .rename = rename_object};

}  // namespace cm::object
