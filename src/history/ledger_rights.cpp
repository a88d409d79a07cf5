// Asks the server which of the rights are there already, so that one GRANT is enough.
#include "history/ledger_rights.hpp"

#include <fmt/format.h>

#include "base/diagnostic.hpp"
#include "sql/name.hpp"

namespace cm::history {
namespace {

std::string_view verb(LedgerUse what) {
    return what == LedgerUse::read ? "reading" : what == LedgerUse::create ? "creating" : "writing";
}

/// Schema and table, as far as they are there, and whether the role may use the schema.
struct Facts {
    std::string role{}, database{};
    bool has_schema{}, may_use_schema{}, has_table{};
};

Facts look(Ledger const& ledger, pg::Connection& connection) {
    if (connection.in_transaction()) connection.execute("ROLLBACK");
    auto const rows = connection.fetch(
        "SELECT current_user AS role, quote_ident(current_database()) AS database, s.oid IS NOT "
        "NULL AS has_schema, coalesce(has_schema_privilege(s.oid, 'USAGE'), false) AS may_use, "
        "c.oid IS NOT NULL AS has_table FROM (SELECT) AS one LEFT JOIN pg_catalog.pg_namespace s "
        "ON s.nspname = $1 LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = s.oid AND c.relname "
        "= $2",
        {ledger.table.schema, ledger.table.name});
    return {.role = sql::quote_identifier(rows[0].text("role")),
            .database = rows[0].text("database"),
            .has_schema = rows[0].boolean("has_schema"),
            .may_use_schema = rows[0].boolean("may_use"),
            .has_table = rows[0].boolean("has_table")};
}

std::string grants(Ledger const& ledger, Facts const& facts, LedgerUse what) {
    auto const schema = sql::quote_identifier(ledger.table.schema);
    if (!facts.has_schema) {
        return fmt::format("GRANT CREATE ON DATABASE {} TO {};", facts.database, facts.role);
    }
    if (!facts.has_table) {
        return fmt::format("GRANT USAGE, CREATE ON SCHEMA {} TO {};", schema, facts.role);
    }
    auto text = facts.may_use_schema
                    ? std::string{}
                    : fmt::format("GRANT USAGE ON SCHEMA {} TO {}; ", schema, facts.role);
    return text + fmt::format("GRANT SELECT, INSERT, UPDATE{} ON TABLE {} TO {};",
                              what == LedgerUse::remove ? ", DELETE" : "", sql::quote(ledger.table),
                              facts.role);
}

}  // namespace

void throw_no_right(Ledger const& ledger, pg::Connection& connection, LedgerUse what,
                    pg::ServerMessage const& server) {
    auto diagnostic = error("CM0406", "{} the migrations table failed: {} ({})", verb(what),
                            server.message, server.sqlstate);
    try {
        diagnostic.help("have it granted by the owner or a superuser: `{}`",
                        grants(ledger, look(ledger, connection), what));
    } catch (pg::SqlError const&) {
        diagnostic.help("use a role that has the right, or ask for it");
    }
    throw Failure(std::move(diagnostic));
}

void with_rights(Ledger const& ledger, pg::Connection& connection, LedgerUse what,
                 std::function<void()> const& use) {
    constexpr std::string_view insufficient_privilege = "42501";
    try {
        use();
    } catch (pg::SqlError const& failed) {
        if (failed.server().sqlstate != insufficient_privilege) throw;
        throw_no_right(ledger, connection, what, failed.server());
    }
}

}  // namespace cm::history
