// Types and operator classes of extensions that lie in a schema of their own: they are written with
// it.
#pragma once
#include <map>
#include <set>
#include <string>

#include "schema/schema.hpp"

namespace cm::schema {

/// Where types and operator classes lie, by their names.
struct Places {
    std::map<std::string, std::string, std::less<>> types{}, operator_classes{};
};

/// What the well-known ones of these extensions bring, for those that are given a schema.
Places places_of(Objects<object::Extension> const& extensions);

/// Where the columns and indexes of a database have theirs; an empty schema: PostgreSQL's own.
Places places_in(Schema const& actual);

/// Names that the schema uses without saying where they lie, and that may be an extension's.
struct Unplaced {
    std::set<std::string> types{}, operator_classes{};
};

Unplaced unplaced(Schema const& declared);

/// Writes them with the schema of their place, unless it is `bare` or PostgreSQL's own. It does not
/// count when schemas are compared.
Schema with_places(Schema declared, Places const& places, std::string_view bare);

}  // namespace cm::schema
