// Conversions between encodings: manual, CREATE CONVERSION. Nothing of one can be altered.
#include <fmt/format.h>

#include "object/definition/conversion.sql.hpp"
#include "object/definition/kinds.hpp"

namespace cm::object {
namespace {

using Statements = std::vector<std::string>;

Statements drop(Definition const& object) {
    return {fmt::format("DROP CONVERSION {}", object.address)};
}

}  // namespace

DefinitionKind const conversion_kind{.title = "conversion",
                                     .caption = "Conversion",
                                     .id_kind = ObjectKind::conversion,
                                     .place = "conversions.sql",
                                     .query = sql_text::object_definition_conversion,
                                     .create_rank = 127,
                                     .drop_rank = 73,
                                     .is_named_by_others = true,
                                     .drop = drop,
                                     .rename = rename_object};

}  // namespace cm::object
