// See from_database.hpp: a fold over the kinds' own queries and readers.
#include "schema/from_database.hpp"

#include "schema/catalogue_query.hpp"
#include "schema/conditions.hpp"

namespace cm::schema {
namespace {

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
    read_conditions(schema);
    return schema;
}

}  // namespace cm::schema
