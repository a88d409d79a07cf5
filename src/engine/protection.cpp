// See protection.hpp.
#include "engine/protection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/log.hpp"
#include "base/sqlstate.hpp"
#include "engine/bounded_reading.hpp"
#include "engine/protection.sql.hpp"
#include "engine/state_table.hpp"
#include "pg/database.hpp"
#include "pg/row_security.hpp"
#include "schema/scope.hpp"
#include "sql/token.hpp"

namespace cm::engine {

namespace {

constexpr std::string_view mark = "the protection table";

sql::QualifiedName protection_table(history::MigrationsTable const& migrations_table) {
    return {migrations_table.table.schema, protection_table_name(migrations_table.table.name)};
}

/// DROP, but for what a column merely sheds.
bool drops_something(std::string_view sql) {
    for (auto token = sql::next_significant_token(sql, 0); token.kind != sql::TokenKind::end;
         token = sql::next_significant_token(sql, token.end)) {
        if (!sql::is_word(sql, token, "DROP")) continue;
        auto const next = sql::next_significant_token(sql, token.end);
        auto const is_shed = sql::is_word(sql, next, "NOT") || sql::is_word(sql, next, "DEFAULT") ||
                             sql::is_word(sql, next, "IDENTITY") ||
                             sql::is_word(sql, next, "EXPRESSION");
        if (!is_shed) return true;
    }
    return false;
}

bool is_mark(object::Table const& table) {
    auto const is_column = [&](std::string_view name, std::string_view type) {
        auto const* const column = object::find_column(table, name);
        return column != nullptr && column->type.name.name == type && !column->type.is_array;
    };
    return table.name.name.ends_with("_protection") && table.columns.size() == 2 &&
           !table.primary_key && is_column("name", "text") && is_column("since", "timestamptz");
}

}  // namespace

std::string whose(Mark const& mark) {
    return fmt::format(
        "the protection is recorded in the table `{}.{}`, next to another migrations table",
        mark.table.schema, mark.table.name);
}

std::string protection_table_name(std::string_view of) {
    return std::string(of) + "_protection";
}

std::vector<std::string> side_table_names(std::string_view of) {
    return {protection_table_name(of), state_table_name(of)};
}

schema::Schema without_side_tables(schema::Schema schema) {
    std::set<sql::QualifiedName> marks{};
    for (auto const& [name, table] : schema.tables) {
        if (is_mark(table) || is_state_table(table)) marks.insert(name);
    }
    return marks.empty() ? schema : schema::without_tables(std::move(schema), marks);
}

std::vector<Mark> protection_tables(history::MigrationsTable const& migrations_table,
                                    pg::Connection& connection) {
    auto const own = protection_table(migrations_table);
    auto const rows = connection.fetch(sql_text::engine_protection, {own.schema, own.name});
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
    auto const marks = protection_tables(session.migrations_table, *session.connection);
    std::erase_if(objects, [&](pg::SchemaObject const& object) {
        return object.is_table && std::any_of(marks.begin(), marks.end(), [&](Mark const& mark) {
                   // Names are quoted where they have to be.
                   return object.schema == mark.table.schema &&
                          (object.name == mark.table.name ||
                           object.name == sql::quote_identifier(mark.table.name));
               });
    });
}

std::optional<Mark> protection(history::MigrationsTable const& migrations_table,
                               pg::Connection& connection) {
    for (auto& found : protection_tables(migrations_table, connection)) {
        sql::Rows rows{};
        try {
            read_bounded(connection, mark, [&] {
                rows = pg::fetch_all_rows(
                    connection, fmt::format("SELECT name FROM {}", sql::quote(found.table)));
            });
        } catch (pg::SqlError const& failed) {
            // Nobody makes such a table but to protect something.
            if (failed.server().sqlstate != sqlstate::insufficient_privilege) throw;
            log::swallowed("reading the mark of protection", failed);
            return found;
        }
        if (rows.empty()) continue;
        found.name = rows[0].text("name");
        return found;
    }
    return {};
}

void protect(Session& session, std::string const& name) {
    auto const table = sql::quote(protection_table(session.migrations_table));
    write_bounded(*session.connection, mark, [&] {
        pg::Transaction transaction{*session.connection};
        pg::make_schema(*session.connection, session.migrations_table.table.schema);
        session.connection->execute(fmt::format(
            "CREATE TABLE IF NOT EXISTS {} (name text NOT NULL, since timestamptz NOT NULL "
            "DEFAULT now()); DELETE FROM {}",
            table, table));
        session.connection->fetch(fmt::format("INSERT INTO {} (name) VALUES ($1)", table), {name});
        transaction.commit();
    });
}

bool unprotect(Session& session) {
    auto const found = protection(session.migrations_table, *session.connection);
    if (!found || !found->is_own) {
        return false;
    }
    write_bounded(*session.connection, mark, [&] {
        session.connection->execute(
            fmt::format("DROP TABLE {}", sql::quote(protection_table(session.migrations_table))));
    });
    return true;
}

void refuse_protected(history::MigrationsTable const& migrations_table, pg::Connection& connection,
                      std::string_view what) {
    auto const found = protection(migrations_table, connection);
    if (!found) {
        return;
    }
    if (!found->name) {
        throw Failure(error("CM0527",
                            "the database may be protected: this role is not allowed to read "
                            "`{}.{}`, so `{}` cannot ask for its name",
                            found->table.schema, found->table.name, what)
                          .note("no changes were made")
                          .help("is this the right database?")
                          .help("use a role that may read the table, such as the one that ran "
                                "`cm-migrate protect`"));
    }
    auto diagnostic =
        error("CM0527", "the database is protected as `{}`: `{}` needs confirmation on a terminal",
              *found->name, what);
    if (!found->is_own) diagnostic.note("{}", whose(*found));
    diagnostic.note("no changes were made")
        .help("is this the right database?")
        .help("on a terminal it asks for the name `{}`; no option can replace that", *found->name);
    if (found->is_own) {
        diagnostic.help("or `cm-migrate protect --remove` removes the protection");
    } else {
        diagnostic.help(
            "or `cm-migrate protect --remove` removes the protection, with the URL and the "
            "`migrationsTable` that the database was protected with");
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
