// See catalogue_query.hpp.
#include "schema/catalogue_query.hpp"

#include "sql/name.hpp"

namespace cm::schema {

std::string with_schemas(std::string_view query, std::vector<std::string> const& schemas) {
    std::string list = "ARRAY[";
    for (auto const& schema : schemas) {
        if (list.back() != '[') {
            list += ", ";
        }
        list += sql::quote_portable_literal(schema);
    }
    list += "]::pg_catalog.name[]";
    std::string text{query};
    for (auto at = text.find("$1"); at != std::string::npos;
         at = text.find("$1", at + list.size())) {
        text.replace(at, 2, list);
    }
    return text;
}

}  // namespace cm::schema
