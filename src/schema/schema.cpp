// See schema.hpp.
#include "schema/schema.hpp"

namespace cm::schema {

bool is_named_join_table(object::Table const& table) {
    return table.name.name.starts_with('_') && table.columns.size() == 2 &&
           find_column(table, "A") != nullptr && find_column(table, "B") != nullptr;
}

Schema empty(std::string_view default_schema) {
    Schema schema{};
    schema.namespaces.add({.name = std::string{default_schema}});
    return schema;
}

}  // namespace cm::schema
