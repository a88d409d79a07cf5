// See reset_refusals.hpp.
#include "engine/reset_refusals.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "engine/made_beside_schemas.hpp"
#include "engine/reset_candidates.sql.hpp"
#include "schema/scope.hpp"

namespace cm::engine {

std::vector<sql::QualifiedName> external_tables(pg::Connection& connection,
                                                std::vector<std::string> const& patterns) {
    if (patterns.empty()) return {};
    auto const rows = connection.fetch(sql_text::engine_reset_candidates);
    std::vector<sql::QualifiedName> found{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sql::QualifiedName name{rows[i].text("schema"), rows[i].text("name")};
        if (schema::is_external(name, patterns)) found.push_back(std::move(name));
    }
    return found;
}

void refuse_external(std::vector<sql::QualifiedName> const& tables,
                     std::vector<std::string> const& schemas) {
    for (auto const& table : tables) {
        if (std::find(schemas.begin(), schemas.end(), table.schema) == schemas.end()) continue;
        throw Failure(error("CM0535", "a reset would drop the external table `{}.{}`", table.schema,
                            table.name)
                          .note("`externalTables` in cm-migrate.json lists it as managed "
                                "elsewhere, and it is in a schema that is emptied")
                          .help("drop your own objects manually, or remove the pattern from "
                                "cm-migrate.json if the table may be dropped"));
    }
}

namespace {

/// Our words for what PostgreSQL calls `type`.
std::vector<std::string_view> kinds_called(std::string_view type) {
    if (type == "type") return {"enum", "domain", "composite type", "range type"};
    return {type};
}

/// Of what has more than a name, the name.
sql::QualifiedName name_of(pg::SchemaObject const& object) {
    if (!object.name.empty()) return {object.schema, object.name};
    auto const arguments = object.identity.find('(');
    auto const bare = object.identity.substr(0, arguments);
    auto const stop = bare.rfind('.');
    return {object.schema, stop == std::string::npos ? bare : bare.substr(stop + 1)};
}

}  // namespace

void refuse_external_objects(std::vector<pg::SchemaObject> const& objects,
                             schema::ExternalObjects const& external) {
    if (external.objects.empty()) return;
    for (auto const& object : objects) {
        for (auto const kind : kinds_called(object.type)) {
            if (!schema::is_external_object(kind, name_of(object), external)) continue;
            throw Failure(
                error("CM0535", "a reset would drop the external {} `{}`", kind, object.identity)
                    .note("`externalObjects` in cm-migrate.json lists it as managed "
                          "elsewhere, and it is in a schema that is emptied")
                    .help("drop your own objects manually, or remove the pattern from "
                          "cm-migrate.json if it may be dropped"));
        }
    }
}

namespace {

bool is_there(pg::Connection& connection, sql::QualifiedName const& name) {
    return !connection
                .fetch(
                    "SELECT FROM pg_catalog.pg_namespace n WHERE n.nspname = $1 AND (EXISTS "
                    "(SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND "
                    "c.relname = $2) OR EXISTS (SELECT FROM pg_catalog.pg_type t WHERE "
                    "t.typnamespace = n.oid AND t.typname = $2))",
                    {name.schema, name.name})
                .empty();
}

}  // namespace

void refuse_made_elsewhere(Session& session, std::vector<std::string> const& schemas) {
    for (auto const& made : made_in_schemas(session.directory.migrations)) {
        if (std::find(schemas.begin(), schemas.end(), made.name.schema) != schemas.end()) continue;
        if (!is_there(*session.connection, made.name)) continue;
        throw Failure(
            error("CM0551", "a reset would not drop `{}.{}`, which a migration creates",
                  made.name.schema, made.name.name)
                .note("`{}` would fail: the schema `{}` is not one of those that the project "
                      "manages ({})",
                      made.migration, made.name.schema, fmt::join(schemas, ", "))
                .note("no changes were made")
                .help("if the schema belongs to the project, list it in the datasource: `schemas = "
                      "[…, \"{}\"]`",
                      made.name.schema)
                .help("or drop what the migrations create there manually, then run this command "
                      "again"));
    }
}

}  // namespace cm::engine
