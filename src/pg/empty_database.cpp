// See empty_database.hpp.
#include "pg/empty_database.hpp"

#include <fmt/format.h>

#include <string>

#include "pg/default_privileges.hpp"
#include "pg/empty_database.sql.hpp"
#include "pg/empty_database_schemas.sql.hpp"
#include "pg/schema_contents.hpp"
#include "pg/user_schemas.sql.hpp"

namespace cm::pg {
namespace {

constexpr std::string_view mark = "cm_migrate_shadow";
constexpr int locks_of_one = 20;  // an extension, say

/// A few at a time: an extension may hold many objects.
void drop_what_lies_in_no_schema(Connection& connection) {
    std::vector<DropStatement> statements{};
    auto const rows = connection.fetch(sql_text::pg_empty_database);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        statements.push_back({rows[i].text("statement"), locks_of_one});
    }
    for (auto const& script : in_batches(statements, locks_of_one)) {
        connection.execute(script);
    }
}

std::vector<std::string> schemas_of(Connection& connection) {
    auto const rows = connection.fetch(sql_text::pg_user_schemas, {std::string(mark)});
    std::vector<std::string> schemas{};
    for (std::size_t i = 0; i < rows.size(); ++i) schemas.push_back(rows[i].text("nspname"));
    return schemas;
}

void drop_contents(Connection& connection, std::vector<std::string> const& schemas) {
    std::vector<DropStatement> statements{};
    for (auto& text : foreign_key_drops(connection, schemas)) {
        statements.push_back({std::move(text), locks_of_one});
    }
    for (auto const& object : schema_contents(connection, schemas)) {
        statements.push_back({drop_statement(object), object.locks});
    }
    for (auto const& script : in_batches(statements, locks_to_spare(connection))) {
        connection.execute(script);
    }
}

/// Schemas go as well, but for those that others own or extensions need.
void drop_schemas(Connection& connection) {
    auto const rows = connection.fetch(sql_text::pg_empty_database_schemas, {std::string(mark)});
    for (std::size_t i = 0; i < rows.size(); ++i) {
        connection.execute(rows[i].text("statement"));
    }
}

void make_public(Connection& connection) {
    if (!connection.fetch("SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'public'").empty()) {
        return;
    }
    connection.execute(fmt::format("CREATE SCHEMA public; GRANT USAGE{} ON SCHEMA public TO public",
                                   connection.server_version() < 150000 ? ", CREATE" : ""));
}

}  // namespace

void empty_database(Connection& connection) {
    InterruptsIgnored const tidying{};
    connection.execute("SET client_min_messages = warning");
    drop_what_lies_in_no_schema(connection);
    drop_contents(connection, schemas_of(connection));
    for (auto const& it : default_privileges(connection)) connection.execute(it.statement);
    drop_schemas(connection);
    make_public(connection);
    connection.execute(connection.reset_statements());
}

bool is_shadow(Connection& connection) {
    return !connection
                .fetch("SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1",
                       {std::string(mark)})
                .empty();
}

void mark_as_shadow(Connection& connection) {
    if (is_shadow(connection)) {
        return;
    }
    connection.execute(fmt::format(
        "CREATE SCHEMA {0}; COMMENT ON SCHEMA {0} IS 'cm-migrate replays migrations in this "
        "database and empties it each time: keep nothing here'",
        mark));
}

}  // namespace cm::pg
