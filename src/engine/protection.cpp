// See protection.hpp.
#include "engine/protection.hpp"

#include <fmt/format.h>

#include "pg/database.hpp"

namespace cm::engine {

namespace {

sql::QualifiedName protection_table(history::Ledger const& ledger) {
    return {ledger.table.schema, protection_table_name(ledger.table.name)};
}

}  // namespace

std::string protection_table_name(std::string_view migrations_table) {
    return std::string(migrations_table) + "_protection";
}

std::optional<std::string> protection(history::Ledger const& ledger, pg::Connection& connection) {
    auto const table = protection_table(ledger);
    if (!history::exists({table}, connection)) {
        return {};
    }
    auto const rows = connection.fetch(fmt::format("SELECT name FROM {}", sql::quote(table)));
    return rows.empty() ? std::nullopt : std::optional{rows[0].text("name")};
}

void protect(Session& session, std::string const& name) {
    auto const table = sql::quote(protection_table(session.ledger));
    pg::Transaction transaction{*session.connection};
    pg::make_schema(*session.connection, session.ledger.table.schema);
    session.connection->execute(
        fmt::format("CREATE TABLE IF NOT EXISTS {} (name text NOT NULL, since timestamptz NOT NULL "
                    "DEFAULT now()); DELETE FROM {}",
                    table, table));
    session.connection->fetch(fmt::format("INSERT INTO {} (name) VALUES ($1)", table), {name});
    transaction.commit();
}

bool unprotect(Session& session) {
    if (!protection(session.ledger, *session.connection)) {
        return false;
    }
    session.connection->execute(
        fmt::format("DROP TABLE {}", sql::quote(protection_table(session.ledger))));
    return true;
}

void refuse_protected(history::Ledger const& ledger, pg::Connection& connection,
                      std::string_view what) {
    auto const name = protection(ledger, connection);
    if (!name) {
        return;
    }
    throw Failure(
        error("CM0527", "the database is protected as `{}`: `{}` is not done on it", *name, what)
            .note("nothing was done")
            .help("is this the database that you meant?")
            .help("`cm-migrate protect --remove` takes the mark away"));
}

}  // namespace cm::engine
