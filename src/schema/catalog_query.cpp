// See catalog_query.hpp.
#include "schema/catalog_query.hpp"

#include <fmt/format.h>

#include "schema/objects.sql.hpp"
#include "schema/user_schemas.sql.hpp"
#include "sql/name.hpp"

namespace cm::schema {

namespace {

void replace_all(std::string& text, std::string_view place, std::string_view words) {
    for (auto at = text.find(place); at != std::string::npos;
         at = text.find(place, at + words.size())) {
        text.replace(at, place.size(), words);
    }
}

std::string list_of(std::vector<std::string> const& schemas) {
    std::string list = "ARRAY[";
    for (auto const& schema : schemas) {
        if (list.back() != '[') {
            list += ", ";
        }
        list += sql::quote_portable_literal(schema);
    }
    return list + "]::pg_catalog.name[]";
}

std::string every_name() {
    return fmt::format("ARRAY({})", sql_text::schema_user_schemas);
}

}  // namespace

std::vector<std::string> const every_schema{""};

std::string with_schemas(std::string_view query, std::vector<std::string> const& schemas,
                         Partitions partitions) {
    std::string text{query};
    replace_all(text, "$1", schemas == every_schema ? every_name() : list_of(schemas));
    replace_all(text, "$partitions", partitions == Partitions::read ? "true" : "false");
    return text;
}

std::string with_objects(std::string_view query) {
    constexpr std::string_view gap = "$objects";
    std::string text{query};
    auto const at = text.find(gap);
    return at == std::string::npos ? text : text.replace(at, gap.size(), sql_text::schema_objects);
}

}  // namespace cm::schema
