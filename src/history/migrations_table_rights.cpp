// Asks the server which of the rights are there already, so that one GRANT is enough.
#include "history/migrations_table_rights.hpp"

#include <fmt/format.h>

#include "base/diagnostic.hpp"
#include "base/log.hpp"
#include "base/sqlstate.hpp"
#include "history/migrations_table_rights.sql.hpp"
#include "sql/name.hpp"

namespace cm::history {
namespace {

std::string_view verb(MigrationsTableUse what) {
    return what == MigrationsTableUse::read     ? "reading"
           : what == MigrationsTableUse::create ? "creating"
                                                : "writing";
}

/// Schema and table, as far as they are there, and whether the role may use the schema.
struct Facts {
    std::string role{}, database{};
    bool has_schema{}, may_use_schema{}, has_table{};
};

Facts look(MigrationsTable const& migrations_table, pg::Connection& connection) {
    if (connection.in_transaction()) connection.execute("ROLLBACK");
    auto const rows =
        connection.fetch(sql_text::history_migrations_table_rights,
                         {migrations_table.table.schema, migrations_table.table.name});
    return {.role = sql::quote_identifier(rows[0].text("role")),
            .database = rows[0].text("database"),
            .has_schema = rows[0].boolean("has_schema"),
            .may_use_schema = rows[0].boolean("may_use"),
            .has_table = rows[0].boolean("has_table")};
}

std::string grants(MigrationsTable const& migrations_table, Facts const& facts,
                   MigrationsTableUse what) {
    auto const schema = sql::quote_identifier(migrations_table.table.schema);
    if (!facts.has_schema) {
        return fmt::format("GRANT CREATE ON DATABASE {} TO {};", facts.database, facts.role);
    }
    if (!facts.has_table) {
        return fmt::format("GRANT USAGE, CREATE ON SCHEMA {} TO {};", schema, facts.role);
    }
    auto text = facts.may_use_schema
                    ? std::string{}
                    : fmt::format("GRANT USAGE ON SCHEMA {} TO {}; ", schema, facts.role);
    std::string_view const rights = what == MigrationsTableUse::read ? "SELECT"
                                    : what == MigrationsTableUse::remove
                                        ? "SELECT, INSERT, UPDATE, DELETE"
                                        : "SELECT, INSERT, UPDATE";
    return text + fmt::format("GRANT {} ON TABLE {} TO {};", rights,
                              sql::quote(migrations_table.table), facts.role);
}

}  // namespace

void throw_no_right(MigrationsTable const& migrations_table, pg::Connection& connection,
                    MigrationsTableUse what, pg::ServerMessage const& server) {
    auto diagnostic = error("CM0406", "{} the migrations table failed: {} ({})", verb(what),
                            server.message, server.sqlstate);
    try {
        auto const facts = look(migrations_table, connection);
        diagnostic.help("ask the owner or a superuser to run `{}`{}",
                        grants(migrations_table, facts, what),
                        what == MigrationsTableUse::read && facts.has_table
                            ? "; what applies migrations needs INSERT and UPDATE as well"
                            : "");
    } catch (pg::SqlError const& failed) {
        log::swallowed("looking for the missing privilege", failed);
        diagnostic.help("use a role that has the privilege, or ask for it");
    }
    throw Failure(std::move(diagnostic));
}

void with_rights(MigrationsTable const& migrations_table, pg::Connection& connection,
                 MigrationsTableUse what, std::function<void()> const& use) {
    try {
        use();
    } catch (pg::SqlError const& failed) {
        if (failed.server().sqlstate != sqlstate::insufficient_privilege) throw;
        throw_no_right(migrations_table, connection, what, failed.server());
    }
}

}  // namespace cm::history
