// See database.hpp.
#include "pg/database.hpp"

#include <array>
#include <chrono>
#include <thread>
#include <utility>

#include "base/diagnostic.hpp"
#include "base/log.hpp"
#include "base/sqlstate.hpp"
#include "pg/database_locale.sql.hpp"
#include "sql/name.hpp"

namespace cm::pg {
namespace {

constexpr int with_force = 130000;  // DROP DATABASE … WITH (FORCE)

/// Others create the same database, or use the template: looked at again in a moment.
bool is_about_others(std::string_view sqlstate) {
    return sqlstate == sqlstate::duplicate_database || sqlstate == sqlstate::unique_violation ||
           sqlstate == sqlstate::object_in_use;
}

[[noreturn]] void fail(SqlError const& failed, Url const& url, std::string_view what) {
    auto diagnostic =
        error("CM0413", "cannot {} database `{}` on `{}`: {} ({})", what, database_name(url),
              server_address(url), failed.server().message, failed.server().sqlstate);
    if (!failed.server().detail.empty()) {
        diagnostic.note("{}", failed.server().detail);
    }
    if (failed.server().sqlstate == sqlstate::insufficient_privilege) {
        diagnostic.help(
            "the role needs the CREATEDB attribute (`ALTER ROLE … CREATEDB`), and to drop a "
            "database it must own it");
    }
    throw Failure(std::move(diagnostic));
}

/// As the login itself: a role that it has switched to may not end the login's sessions.
void close_sessions(Connection& elsewhere, std::string const& name) {
    elsewhere.fetch_all(
        fmt::format("SET ROLE NONE; SELECT pg_catalog.pg_terminate_backend(pid) FROM "
                    "pg_catalog.pg_stat_activity WHERE datname = {} AND pid <> "
                    "pg_catalog.pg_backend_pid(); RESET ROLE",
                    sql::quote_literal(name)));
}

std::string clause(sql::Row row) {
    auto text =
        fmt::format("TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}",
                    sql::quote_literal(row.text("encoding")),
                    sql::quote_literal(row.text("collate")), sql::quote_literal(row.text("ctype")));
    if (row.text("provider") == "i") {
        text += " LOCALE_PROVIDER icu ICU_LOCALE " + sql::quote_literal(row.text("locale"));
    } else if (row.text("provider") == "b") {
        text += " LOCALE_PROVIDER builtin BUILTIN_LOCALE " + sql::quote_literal(row.text("locale"));
    }
    return text;
}

bool exists(Connection& connection, std::string const& name) {
    return !connection.fetch("SELECT FROM pg_database WHERE datname = $1", {name}).empty();
}

}  // namespace

Connection connect_to_maintenance(Url const& url) {
    try {
        return Connection(with_database(url, "postgres"));
    } catch (Failure const& failed) {
        auto const& code = failed.diagnostics().front().code;
        if (code != "CM0404" && code != "CM0405") {
            throw;
        }
        log::swallowed("connecting to the database `postgres`", failed);
        return Connection(with_database(url, "template1"));
    }
}

bool database_exists(Url const& url) {
    try {
        auto connection = connect_to_maintenance(url);
        return exists(connection, database_name(url));
    } catch (Failure const& failed) {
        if (failed.exit_code() == ExitCode::interrupted ||
            failed.diagnostics().front().code == "CM0402") {
            throw;
        }
        log::swallowed("asking another database whether this one is there", failed);
    }
    // The role has access to no other database: whoever connects to this one will see, and nobody
    // could make it.
    return true;
}

void create_database(Url const& url) {
    auto connection = connect_to_maintenance(url);
    auto const name = database_name(url);
    for (int attempts_left = 20; !exists(connection, name); --attempts_left) {
        try {
            connection.execute("CREATE DATABASE " + sql::quote_identifier(name));
            return;
        } catch (SqlError const& failed) {
            if (!is_about_others(failed.server().sqlstate) || attempts_left == 0) {
                fail(failed, url, "create");
            }
            log::swallowed("creating the database, which is tried again", failed);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

void make_schema(Connection& connection, std::string const& name) {
    // CREATE SCHEMA IF NOT EXISTS asks for the right to make schemas even if there is nothing to be
    // made.
    if (connection.fetch("SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1", {name})
            .empty()) {
        connection.execute("CREATE SCHEMA IF NOT EXISTS " + sql::quote_identifier(name));
    }
}

bool may_create_databases(Connection& connection) {
    auto const rows = connection.fetch(
        "SELECT rolcreatedb OR rolsuper AS may FROM pg_roles WHERE rolname = current_user");
    return !rows.empty() && rows[0].boolean("may");
}

void drop_database(Connection& elsewhere, std::string const& name) {
    bool force = elsewhere.server_version() >= with_force;
    for (int attempts_left = 20;; --attempts_left) {
        try {
            if (!force) {
                close_sessions(elsewhere, name);
            }
            elsewhere.execute(fmt::format("DROP DATABASE IF EXISTS {}{}",
                                          sql::quote_identifier(name),
                                          force ? " WITH (FORCE)" : ""));
            return;
        } catch (SqlError const& failed) {
            // FORCE ends sessions as the role that the login has switched to.
            auto const may_do_by_hand =
                failed.server().sqlstate == sqlstate::insufficient_privilege &&
                std::exchange(force, false);
            if (!may_do_by_hand &&
                (failed.server().sqlstate != sqlstate::object_in_use || attempts_left == 0)) {
                throw;
            }
            log::swallowed("dropping the database, which is tried again", failed);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

std::string creation_clause(Connection& connection, std::string const& name) {
    auto const rows = connection.fetch(sql_text::pg_database_locale, {name});
    return rows.empty() ? "" : clause(rows[0]);
}

}  // namespace cm::pg
