// See type_places.hpp.
#include "engine/type_places.hpp"

#include <fmt/ranges.h>

#include "schema/extension_types.hpp"

namespace cm::engine {
namespace {

using Names = std::set<std::string>;

template <class Map>
void remove_known(Names& names, Map const& known) {
    std::erase_if(names, [&](std::string const& name) { return known.contains(name); });
}

std::string list(Names const& names) {
    std::vector<std::string> quoted{};
    for (auto const& name : names) quoted.push_back(sql::quote_portable_literal(name));
    return fmt::format("ARRAY[{}]::pg_catalog.text[]", fmt::join(quoted, ", "));
}

/// Names that only one schema has; what the bare schema or PostgreSQL itself has needs no other.
std::string query_for(schema::Unplaced const& names, std::string_view bare) {
    return fmt::format(
        "SELECT kind, name, pg_catalog.min(schema) AS schema FROM ("
        "SELECT 'type' AS kind, t.typname::pg_catalog.text AS name, n.nspname::pg_catalog.text AS "
        "schema FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
        "WHERE t.typname = ANY ({}) UNION SELECT 'operator class', o.opcname::pg_catalog.text, "
        "n.nspname::pg_catalog.text FROM pg_catalog.pg_opclass o JOIN pg_catalog.pg_namespace n ON "
        "n.oid = o.opcnamespace WHERE o.opcname = ANY ({})) found GROUP BY kind, name HAVING "
        "pg_catalog.count(*) = 1 AND pg_catalog.min(schema) NOT IN ('pg_catalog', {})",
        list(names.types), list(names.operator_classes), sql::quote_portable_literal(bare));
}

schema::Places asked(schema::Unplaced const& names, std::string_view bare,
                     pg::Connection& connection) {
    schema::Places places{};
    auto const rows = connection.fetch(query_for(names, bare));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto& found = rows[i].text("kind") == "type" ? places.types : places.operator_classes;
        found.emplace(rows[i].text("name"), rows[i].text("schema"));
    }
    return places;
}

}  // namespace

schema::Schema with_type_places(schema::Schema declared, schema::Schema const& actual,
                                std::string_view bare, Server const& server) {
    auto names = schema::unplaced(declared);
    if (names.types.empty() && names.operator_classes.empty()) return declared;
    auto const known = schema::places_in(actual);
    declared = schema::with_places(std::move(declared), known, bare);
    remove_known(names.types, known.types);
    remove_known(names.operator_classes, known.operator_classes);
    if (!server || (names.types.empty() && names.operator_classes.empty())) return declared;
    return schema::with_places(std::move(declared), asked(names, bare, server.catalog()), bare);
}

}  // namespace cm::engine
