// See reset.hpp.
#include "engine/reset.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "history/apply.hpp"
#include "pg/connection.hpp"
#include "pg/database.hpp"
#include "schema/scope.hpp"

namespace cm::engine {
namespace {

/// True if the role may drop the database: it owns it and may create it again.
bool may_recreate(pg::Connection& connection) {
    auto const rows = connection.fetch(
        "SELECT pg_catalog.pg_has_role(datdba, 'USAGE') AS owns FROM pg_catalog.pg_database "
        "WHERE datname = pg_catalog.current_database()");
    return rows[0].boolean("owns") && pg::may_create_databases(connection);
}

/// Drops everything in the schema that no extension owns, whether the schema language can say it or
/// not.
std::string clearing_script(pg::Connection& connection, std::string const& schema) {
    auto const literal = sql::quote_literal(schema);
    auto const objects = connection.fetch(fmt::format(
        "SELECT pg_catalog.format('DROP %s IF EXISTS %I.%I CASCADE', "
        "CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN "
        "'SEQUENCE' "
        "WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, n.nspname, c.relname) AS statement "
        "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = {0} AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND NOT EXISTS "
        "(SELECT FROM pg_catalog.pg_depend d "
        "WHERE d.objid = c.oid AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND "
        "d.deptype = 'e') "
        "UNION ALL SELECT pg_catalog.format('DROP TYPE IF EXISTS %I.%I CASCADE', n.nspname, "
        "t.typname) "
        "FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
        "WHERE n.nspname = {0} AND t.typtype IN ('e', 'd') AND NOT EXISTS (SELECT FROM "
        "pg_catalog.pg_depend d "
        "WHERE d.objid = t.oid AND d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND "
        "d.deptype = 'e') "
        "UNION ALL SELECT pg_catalog.format('DROP ROUTINE IF EXISTS %s CASCADE', "
        "p.oid::pg_catalog.regprocedure) "
        "FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = {0} AND p.prokind <> 'a' AND NOT EXISTS (SELECT FROM "
        "pg_catalog.pg_depend d "
        "WHERE d.objid = p.oid AND d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND "
        "d.deptype = 'e')",
        literal));
    std::string script{};
    for (std::size_t i = 0; i < objects.size(); ++i) {
        script += objects[i].text("statement") + ";\n";
    }
    return script;
}

/// The external tables that exist, whatever schema they lie in.
std::vector<sql::QualifiedName> external_tables(pg::Connection& connection,
                                                std::vector<std::string> const& patterns) {
    if (patterns.empty()) return {};
    auto const rows = connection.fetch(
        "SELECT n.nspname AS schema, c.relname AS name FROM pg_catalog.pg_class c "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname NOT IN ('pg_catalog', "
        "'information_schema') AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1, 2");
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
        throw Failure(
            error("CM0535", "a reset would drop the external table `{}.{}`", table.schema,
                  table.name)
                .note("`externalTables` in cm-migrate.json says that others manage it, and it lies "
                      "in a schema that is emptied")
                .help("drop what is yours by hand, or take the pattern out of cm-migrate.json if "
                      "the table may go"));
    }
}

}  // namespace

ResetWay reset_database(Project const& project, Target const& target,
                        std::vector<std::string> schemas, SourceMap& sources,
                        ApplyEvents const& events) {
    // The record of the migrations lies in the URL's schema.
    if (std::find(schemas.begin(), schemas.end(), target.url.schema) == schemas.end()) {
        schemas.push_back(target.url.schema);
    }
    {
        pg::Connection connection{target.url};
        auto const spared = external_tables(connection, project.configuration.external.tables);
        refuse_external(spared, schemas);
        if (!spared.empty() || !may_recreate(connection)) {
            std::string script{};
            for (auto const& schema : schemas) {
                script += clearing_script(connection, schema);
            }
            history::execute_script("reset", script, connection, sources, limits({}, events));
            return ResetWay::dropped_objects;
        }
    }
    pg::drop_and_create_database(target.url);
    return ResetWay::dropped_database;
}

}  // namespace cm::engine
