// See cast.hpp.
#include "object/table/cast.hpp"

#include <fmt/format.h>

#include "sql/system_types.hpp"

namespace cm::object {

std::string cast_expression(Column const& from, Column const& to, sql::Writer const& out) {
    auto const column = sql::quote_identifier(to.name);
    auto const type = out.type(to.type);
    if (to.type.is_array && !from.type.is_array) {
        return fmt::format("ARRAY[{}]", column);
    }
    auto const from_user = !from.type.name.schema.empty();
    if (from_user) {
        return fmt::format("{}::text{}::{}", column, from.type.is_array ? "[]" : "", type);
    }
    // A list of a domain is read from its text, which refuses what is too long for the domain: an
    // explicit cast would cut it.
    auto const to_list = to.type.is_array && !sql::is_system_type_name(to.type.name.name);
    if (to_list && sql::type_class(from.type) == sql::TypeClass::text)
        return fmt::format("{}::text::{}", column, type);
    // boolean casts from and to integer only, not smallint and bigint.
    auto const from_boolean = sql::type_class(from.type) == sql::TypeClass::boolean;
    auto const to_boolean = sql::type_class(to.type) == sql::TypeClass::boolean;
    auto const detour = (from_boolean && to.type.name.name != "int4") ||
                        (to_boolean && sql::type_class(from.type) == sql::TypeClass::integer &&
                         from.type.name.name != "int4");
    auto const has_oid = from.type.name.name == "oid" || to.type.name.name == "oid";
    auto const from_text = sql::type_class(from.type) == sql::TypeClass::text;
    std::string via = detour ? "::INTEGER" : has_oid && !from_text ? "::BIGINT" : "";
    if (!via.empty() && from.type.is_array) {
        via += "[]";
    }
    return fmt::format("{}{}::{}", column, via, type);
}

}  // namespace cm::object
