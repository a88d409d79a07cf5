// See from_database.hpp: a fold over the kinds' own queries and readers.
#include "schema/from_database.hpp"

namespace cm::schema {
namespace {

/// The catalogue queries take the schemas' names as $1; written out, because that lets queries be
/// sent together.
std::string with_schemas(std::string_view query, std::vector<std::string> const& schemas) {
    std::string list = "ARRAY[";
    for (auto const& schema : schemas) {
        if (list.back() != '[') {
            list += ", ";
        }
        list += sql::quote_literal(schema);
    }
    list += "]::pg_catalog.name[]";
    std::string text{query};
    for (auto at = text.find("$1"); at != std::string::npos;
         at = text.find("$1", at + list.size())) {
        text.replace(at, 2, list);
    }
    return text;
}

template <class T>
void read_kind(Objects<T>& objects, sql::Fetch const& fetch,
               std::vector<std::string> const& schemas) {
    auto const rows = fetch(with_schemas(T::catalogue_query, schemas));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        T object{};
        read(rows[i], object);
        objects.add(std::move(object));
    }
}

}  // namespace

Schema from_database(sql::Fetch const& fetch, std::vector<std::string> const& schemas) {
    Schema schema{};
    for_each_kind([&](auto member) { read_kind(schema.*member, fetch, schemas); });
    return schema;
}

}  // namespace cm::schema
