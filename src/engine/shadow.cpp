// See shadow.hpp.
#include "engine/shadow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/sqlstate.hpp"
#include "engine/shadow_definitions.sql.hpp"
#include "engine/shadow_history.sql.hpp"
#include "engine/shadow_holders.sql.hpp"
#include "pg/empty_database.hpp"
#include "pg/row_security.hpp"
#include "sql/name.hpp"

namespace cm::engine {
namespace {

constexpr std::size_t asked_at_once = 50;

[[noreturn]] void refuse(pg::Connection& connection, std::string const& found) {
    throw Failure(error("CM0415", "the shadow database `{}` on `{}` contains something else",
                        pg::database_name(connection.url()), pg::server_address(connection.url()))
                      .note("{}", found)
                      .note("it would have been emptied; no changes were made")
                      .help("set `shadowDatabaseUrl` (or `--shadow-database-url`) to a separate, "
                            "empty database")
                      .help("or remove the setting: if the role may create databases, or "
                            "PostgreSQL is installed here, none is needed")
                      .help("or if its contents are not needed, empty it manually first"));
}

/// The name that `protect` gave, as far as it can be seen.
std::string protected_as(pg::Connection& connection, sql::QualifiedName const& table) {
    try {
        auto const rows =
            pg::fetch_all_rows(connection, "SELECT name FROM " + sql::quote(table) + " LIMIT 1");
        return rows.empty() ? "" : fmt::format("it is protected as `{}`", rows[0].text("name"));
    } catch (pg::SqlError const& failed) {
        if (failed.server().sqlstate != sqlstate::insufficient_privilege) throw;
        return fmt::format("it may be protected: no permission to read `{}.{}`", table.schema,
                           table.name);
    }
}

/// Tables that look like a record of migrations (Prisma's and ours have the same columns) or like a
/// mark of `protect`, whatever their names are.
void refuse_history(pg::Connection& connection) {
    auto const rows = connection.fetch(sql_text::engine_shadow_history);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sql::QualifiedName const table{rows[i].text("nspname"), rows[i].text("relname")};
        if (rows[i].boolean("is_history")) {
            refuse(connection, fmt::format("it contains a migrations table: `{}.{}`", table.schema,
                                           table.name));
        }
        auto const mark = protected_as(connection, table);
        if (!mark.empty()) refuse(connection, mark);
    }
}

/// What holds rows.
struct Holder {
    std::string name{};  ///< `"public"."users"`
    bool is_view{};      ///< a materialized one
};

/// Those that extensions bring aside.
std::vector<Holder> holders(pg::Connection& connection) {
    auto const rows = connection.fetch(sql_text::engine_shadow_holders);
    std::vector<Holder> found{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        found.push_back({sql::quote({rows[i].text("nspname"), rows[i].text("relname")}),
                         rows[i].boolean("is_view")});
    }
    return found;
}

/// Rows in all but name; they have no table of their own.
void refuse_large_objects(pg::Connection& connection) {
    if (connection.fetch("SELECT FROM pg_catalog.pg_largeobject_metadata LIMIT 1").empty()) return;
    refuse(connection,
           "it contains large objects, and nothing marks the database as a shadow database");
}

/// Whether it was made for replays cannot be told from what has no rows: Prisma leaves tables,
/// types and functions. Without a single table they are somebody's.
void refuse_definitions(pg::Connection& connection) {
    auto const rows = connection.fetch(sql_text::engine_shadow_definitions);
    if (rows.empty() || rows[0].text("type") == "table") return;
    refuse(connection, fmt::format("it holds the {} `{}` and no table, and nothing says that the "
                                   "database is there for replays",
                                   rows[0].text("type"), rows[0].text("identity")));
}

/// A few at a time: looking takes a lock on each.
void refuse_rows(pg::Connection& connection) {
    auto const tables = holders(connection);
    for (std::size_t i = 0; i < tables.size(); i += asked_at_once) {
        std::string query{};
        for (auto j = i; j < std::min(i + asked_at_once, tables.size()); ++j) {
            auto const& [name, is_view] = tables[j];
            query += fmt::format("{}(SELECT {} AS name FROM {}{} LIMIT 1)",
                                 query.empty() ? "" : " UNION ALL ",
                                 sql::quote_literal(fmt::format(
                                     "{} `{}`", is_view ? "materialized view" : "table", name)),
                                 is_view ? "" : "ONLY ", name);
        }
        try {
            auto const found = pg::fetch_all_rows(
                connection, fmt::format("SET LOCAL lock_timeout = '10s'; SELECT name FROM ({}) AS "
                                        "rows_there LIMIT 1",
                                        query));
            if (!found.empty()) {
                refuse(connection,
                       fmt::format(
                           "the {} has rows, and nothing marks the database as a shadow database",
                           found[0].text("name")));
            }
        } catch (pg::SqlError const& failed) {
            if (failed.server().sqlstate != sqlstate::insufficient_privilege) throw;
            refuse(connection, fmt::format("could not determine whether it contains rows: {}",
                                           failed.server().message));
        }
    }
}

void check(pg::Connection& connection, std::optional<std::string> const& target) {
    if (target && *target == pg::identity(connection)) {
        throw Failure(
            error("CM0412",
                  "the shadow database is the target database itself, which would be emptied")
                .help("set `shadowDatabaseUrl` to a separate database, or remove it"));
    }
    refuse_history(connection);
    if (!pg::is_shadow(connection)) {
        refuse_rows(connection);
        refuse_large_objects(connection);
        refuse_definitions(connection);
    }
}

}  // namespace

void throw_of_shadow(Failure const& failure) {
    auto const exit_code = failure.exit_code();
    if (exit_code != ExitCode::cannot_connect && exit_code != ExitCode::misconfigured &&
        exit_code != ExitCode::busy) {
        throw Failure(failure);
    }
    auto diagnostics = failure.diagnostics();
    auto& first = diagnostics.front();
    first.message = "the shadow database cannot be used: " + first.message;
    if (first.code == "CM0404") {
        first.helps = {"create it (`createdb`), or set `shadowDatabaseUrl` to one that exists"};
    }
    if (exit_code != ExitCode::busy) {
        first.help(
            "or remove `shadowDatabaseUrl`: if the role may create databases, or PostgreSQL is "
            "installed here, none is needed");
    }
    throw Failure(std::move(diagnostics), exit_code);
}

pg::ShadowDatabase shadow_database(pg::Url url, std::optional<std::string> target) {
    return {std::move(url), [target = std::move(target)](pg::Connection& connection) {
                try {
                    check(connection, target);
                } catch (pg::SqlError const& failed) {
                    pg::throw_failure(failed, "inspecting the shadow database");
                }
            }};
}

}  // namespace cm::engine
