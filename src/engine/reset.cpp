// See reset.hpp.
#include "engine/reset.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "pg/connection.hpp"
#include "pg/database.hpp"

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
/// not: the schema itself if it is ours, else its objects one by one.
void clear_schema(pg::Connection& connection, std::string const& schema) {
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
    for (std::size_t i = 0; i < objects.size(); ++i) {
        connection.execute(objects[i].text("statement"));
    }
}

}  // namespace

ResetWay reset_database(Target const& target, std::vector<std::string> schemas) {
    // The record of the migrations lies in the URL's schema.
    if (std::find(schemas.begin(), schemas.end(), target.url.schema) == schemas.end()) {
        schemas.push_back(target.url.schema);
    }
    {
        pg::Connection connection{target.url};
        if (!may_recreate(connection)) {
            pg::Transaction transaction{connection};
            for (auto const& schema : schemas) {
                clear_schema(connection, schema);
            }
            transaction.commit();
            return ResetWay::dropped_objects;
        }
    }
    pg::drop_and_create_database(target.url);
    return ResetWay::dropped_database;
}

}  // namespace cm::engine
