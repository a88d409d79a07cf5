// See schema.hpp.
#include "schema/schema.hpp"

namespace cm::schema {

Schema empty(std::string_view default_schema) {
    Schema schema{};
    schema.namespaces.add({.name = std::string{default_schema}});
    return schema;
}

}  // namespace cm::schema
