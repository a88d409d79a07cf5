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
constexpr std::string_view insufficient_privilege = "42501";

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

std::string whose(Mark const& mark) {
    return fmt::format("the mark is the table `{}.{}`, of another schema or migrations table",
                       mark.table.schema, mark.table.name);
}

std::string protection_table_name(std::string_view of) {
    return std::string(of) + "_protection";
}

std::vector<Mark> protection_tables(history::Ledger const& ledger, pg::Connection& connection) {
    auto const own = protection_table(ledger);
    auto const rows = connection.fetch(
        "SELECT nspname, relname, is_own FROM (SELECT n.nspname, c.relname, c.oid, "
        "n.nspname = $1::pg_catalog.name AND c.relname = $2::pg_catalog.name AS is_own "
        "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_') AS tables "
        "WHERE is_own OR pg_catalog.right(relname::text, 11) = '_protection' AND ("
        "SELECT pg_catalog.array_agg(a.attname || ' ' || pg_catalog.format_type(a.atttypid, NULL) "
        "ORDER BY a.attname) FROM pg_catalog.pg_attribute a WHERE a.attrelid = tables.oid AND "
        "a.attnum > 0 AND NOT a.attisdropped) = ARRAY['name text', 'since timestamp with time "
        "zone'] ORDER BY is_own DESC, nspname, relname",
        {own.schema, own.name});
    std::vector<Mark> marks{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        marks.push_back(
            {{rows[i].text("nspname"), rows[i].text("relname")}, rows[i].boolean("is_own"), {}});
    }
    return marks;
}

void keep_marks(Session& session, std::vector<pg::SchemaObject>& objects) {
    auto const may_be_mark = [](pg::SchemaObject const& object) {
        return object.is_table && object.name.find(protection_table_name({})) != std::string::npos;
    };
    if (std::none_of(objects.begin(), objects.end(), may_be_mark)) return;
    auto marks = protection_tables(session.ledger, *session.connection);
    std::erase_if(marks, [](Mark const& mark) {
        return !mark.is_own && mark.table.name != protection_table_name("_migrations") &&
               mark.table.name != protection_table_name("_prisma_migrations");
    });
    std::erase_if(objects, [&](pg::SchemaObject const& object) {
        return object.is_table && std::any_of(marks.begin(), marks.end(), [&](Mark const& mark) {
                   // Names are quoted where they have to be.
                   return object.schema == mark.table.schema &&
                          (object.name == mark.table.name ||
                           object.name == sql::quote_identifier(mark.table.name));
               });
    });
}

std::optional<Mark> protection(history::Ledger const& ledger, pg::Connection& connection) {
    for (auto& found : protection_tables(ledger, connection)) {
        sql::Rows rows{};
        try {
            read_bounded(connection, mark, [&] {
                rows = pg::fetch_all_rows(
                    connection, fmt::format("SELECT name FROM {}", sql::quote(found.table)));
            });
        } catch (pg::SqlError const& failed) {
            // Nobody makes such a table but to protect something.
            if (failed.server().sqlstate != insufficient_privilege) throw;
            return found;
        }
        if (rows.empty()) continue;
        found.name = rows[0].text("name");
        return found;
    }
    return {};
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
    auto const found = protection(session.ledger, *session.connection);
    if (!found || !found->is_own) {
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
    auto const found = protection(ledger, connection);
    if (!found) {
        return;
    }
    if (!found->name) {
        throw Failure(error("CM0527",
                            "the database may be protected: this role must not read `{}.{}`, so "
                            "that `{}` cannot ask for its name",
                            found->table.schema, found->table.name, what)
                          .note("nothing was done")
                          .help("is this the database that you meant?")
                          .help("use a role that may read the table, like the one that ran "
                                "`cm-migrate protect`"));
    }
    auto diagnostic =
        error("CM0527", "the database is protected as `{}`: `{}` needs confirmation on a terminal",
              *found->name, what);
    if (!found->is_own) diagnostic.note("{}", whose(*found));
    diagnostic.note("nothing was done")
        .help("is this the database that you meant?")
        .help("on a terminal it asks for the name `{}`; no flag takes its place", *found->name);
    if (found->is_own) {
        diagnostic.help("or `cm-migrate protect --remove` takes the mark away");
    } else {
        diagnostic.help(
            "or `cm-migrate protect --remove` takes the mark away, with the URL and the "
            "`migrationsTable` that it was made with");
    }
    throw Failure(std::move(diagnostic));
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
