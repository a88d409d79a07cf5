// See protection.hpp.
#include "engine/protection.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/bounded_reading.hpp"
#include "pg/database.hpp"
#include "pg/row_security.hpp"
#include "sql/token.hpp"

namespace cm::engine {

namespace {

constexpr std::string_view mark = "the mark of a protected database";

sql::QualifiedName protection_table(history::Ledger const& ledger) {
    return {ledger.table.schema, protection_table_name(ledger.table.name)};
}

/// DROP, but for what a column merely sheds.
bool drops_something(std::string_view sql) {
    for (auto token = sql::next_solid_token(sql, 0); token.kind != sql::TokenKind::end;
         token = sql::next_solid_token(sql, token.end)) {
        if (!sql::is_word(sql, token, "DROP")) continue;
        auto const next = sql::next_solid_token(sql, token.end);
        auto const is_shed = sql::is_word(sql, next, "NOT") || sql::is_word(sql, next, "DEFAULT") ||
                             sql::is_word(sql, next, "IDENTITY") ||
                             sql::is_word(sql, next, "EXPRESSION");
        if (!is_shed) return true;
    }
    return false;
}

}  // namespace

std::string protection_table_name(std::string_view of) {
    return std::string(of) + "_protection";
}

std::optional<std::string> protection(history::Ledger const& ledger, pg::Connection& connection) {
    auto const table = protection_table(ledger);
    if (!history::exists({table}, connection)) {
        return {};
    }
    sql::Rows rows{};
    read_bounded(connection, mark, [&] {
        rows =
            pg::fetch_all_rows(connection, fmt::format("SELECT name FROM {}", sql::quote(table)));
    });
    return rows.empty() ? std::nullopt : std::optional{rows[0].text("name")};
}

void protect(Session& session, std::string const& name) {
    auto const table = sql::quote(protection_table(session.ledger));
    write_bounded(*session.connection, mark, [&] {
        pg::Transaction transaction{*session.connection};
        pg::make_schema(*session.connection, session.ledger.table.schema);
        session.connection->execute(fmt::format(
            "CREATE TABLE IF NOT EXISTS {} (name text NOT NULL, since timestamptz NOT NULL "
            "DEFAULT now()); DELETE FROM {}",
            table, table));
        session.connection->fetch(fmt::format("INSERT INTO {} (name) VALUES ($1)", table), {name});
        transaction.commit();
    });
}

bool unprotect(Session& session) {
    if (!protection(session.ledger, *session.connection)) {
        return false;
    }
    write_bounded(*session.connection, mark, [&] {
        session.connection->execute(
            fmt::format("DROP TABLE {}", sql::quote(protection_table(session.ledger))));
    });
    return true;
}

void refuse_protected(history::Ledger const& ledger, pg::Connection& connection,
                      std::string_view what) {
    auto const name = protection(ledger, connection);
    if (!name) {
        return;
    }
    throw Failure(
        error("CM0527", "the database is protected as `{}`: `{}` needs confirmation on a terminal",
              *name, what)
            .note("nothing was done")
            .help("is this the database that you meant?")
            .help("on a terminal it asks for the name `{}`; no flag takes its place", *name)
            .help("or `cm-migrate protect --remove` takes the mark away"));
}

bool takes_away(schema::Script const& script) {
    return std::any_of(script.begin(), script.end(), [](schema::Statement const& statement) {
        auto const can_lose = std::any_of(
            statement.hazards.begin(), statement.hazards.end(),
            [](auto const& hazard) { return hazard.kind == object::HazardKind::data_loss; });
        return can_lose || drops_something(statement.written.text);
    });
}

}  // namespace cm::engine
