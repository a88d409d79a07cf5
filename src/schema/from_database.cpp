// See from_database.hpp: a fold over the kinds' own queries and readers.
#include "schema/from_database.hpp"

#include "schema/conditions.hpp"
#include "schema/definitions.hpp"

namespace cm::schema {
namespace {

template <class T>
void read_kind(Objects<T>& objects, sql::QueryFunction const& fetch,
               std::vector<std::string> const& schemas, Partitions partitions) {
    if constexpr (requires { T::catalog_query; }) {
        auto const rows = fetch(with_schemas(T::catalog_query, schemas, partitions));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            T object{};
            read(rows[i], object);
            objects.add(std::move(object));
        }
    }
}

}  // namespace

Schema from_database(sql::QueryFunction const& fetch, std::vector<std::string> const& schemas,
                     Partitions partitions) {
    Schema schema{};
    for_each_kind([&](auto member) { read_kind(schema.*member, fetch, schemas, partitions); });
    note_heirs(schema);
    read_conditions(schema);
    return schema;
}

Schema whole_database(sql::QueryFunction const& fetch, std::vector<std::string> const& schemas) {
    auto schema = from_database(fetch, schemas, Partitions::read);
    read_definitions(schema, fetch, schemas);
    schema.is_whole = true;
    return schema;
}

}  // namespace cm::schema
