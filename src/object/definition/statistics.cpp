// Extended statistics: manual, CREATE STATISTICS, ALTER STATISTICS.
#include <fmt/format.h>

#include "object/definition/kinds.hpp"
#include "object/definition/statistics.sql.hpp"
#include "sql/name.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

std::string set_target(Definition const& object) {
    auto const target = fact(object, "target");
    return fmt::format("ALTER STATISTICS {} SET STATISTICS {}", object.address,
                       target.empty() ? "-1" : target);
}

Statements create(Definition const& object) {
    Statements out{object.text};
    if (!fact(object, "target").empty()) out.push_back(set_target(object));
    return out;
}

Statements drop(Definition const& object) {
    return {fmt::format("DROP STATISTICS {}", object.address)};
}

std::optional<Statements> alter(Definition const& from, Definition const& to) {
    if (!has_same_text(from, to)) return {};
    return Statements{set_target(to)};
}

/// It may lie in another schema than its table.
ObjectRef table_of(Definition const& object) {
    return {ObjectKind::table, {object.shape.at(0), object.shape.at(1)}};
}

}  // namespace

DefinitionKind const statistics_kind{.title = "statistics object",
                                     .caption = "Statistics",
                                     .id_kind = ObjectKind::statistics,
                                     .query = sql_text::object_definition_statistics,
                                     .create_rank = 105,
                                     .drop_rank = 45,
                                     .is_rebuilt = true,
                                     .create = create,
                                     .drop = drop,
                                     .alter = alter,
                                     .rename = rename_object,
                                     .owner = table_of};

}  // namespace cm::object
