// A table by SQLSTATE and words of the message; where the server speaks another language, the rows
// without words hold.
#include "history/state_advice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "history/needed_right.hpp"
#include "history/statement_nature.hpp"
#include "pg/server_message.hpp"
#include "sql/name.hpp"

namespace cm::history {
namespace {

bool says(pg::ServerMessage const& server, std::string_view words) {
    return server.message.find(words) != std::string::npos ||
           server.detail.find(words) != std::string::npos ||
           server.hint.find(words) != std::string::npos;
}

struct Advice {
    std::string_view state{};
    std::string_view words{};  ///< of the message, its detail or hint; empty: whatever it says
    std::string_view help{};
    bool lies_outside{};
};

constexpr std::string_view configuration =
    "this is a setting of the server, which takes a restart: have it changed";

constexpr std::array table{
    // Rows that were changed in the same transaction, and are still to be checked.
    Advice{"55006", "pending trigger events",
           "put `SET CONSTRAINTS ALL IMMEDIATE;` before this statement, or the statement into a "
           "migration of its own: rows that were changed before it are still to be checked"},
    Advice{"55006", "queries in this session",
           "a cursor, a function or a trigger of this script is still using it: put the statement "
           "where that is over"},
    Advice{"55006", "accessed by other users", "end the sessions that use it", true},
    Advice{"55006", "currently open", "connect to another database for this"},
    Advice{"55006", "is active for PID", "end the process that uses it", true},
    Advice{"55000", "shared_preload_libraries", configuration, true},
    Advice{"55000", "max_prepared_transactions", configuration, true},
    Advice{"55000", "wal_level", configuration, true},
    Advice{"55000", "has not been populated", "put `REFRESH MATERIALIZED VIEW` before it"},
    Advice{"55P04", "",
           "a new value of an enum can be used once it is committed: put `ALTER TYPE … ADD VALUE` "
           "into an earlier migration, outside of BEGIN … COMMIT and of --single-transaction"},
    Advice{"25001", "inside a transaction block",
           "take away the BEGIN and COMMIT around it: it runs outside of a transaction alone"},
    Advice{"25001", "must be called before any query", "put it at the beginning of the file"},
    Advice{"25001", "does not end it", "put COMMIT at the end of the transaction"},
    Advice{"2D000", "",
           "a procedure or block that commits must be called by a statement of the file, outside "
           "of BEGIN … COMMIT, and not from a function or a block with EXCEPTION"},
    Advice{"0A000", "alter type of a column used",
           "drop what uses the column first, and create it again behind this statement"},
    Advice{"0A000", "is not available", "have the extension installed on the server", true},
    Advice{"0A000", "truncate a table referenced",
           "name the tables that refer to it in the same TRUNCATE, or delete the rows"},
    Advice{"42P16", "view column", "drop the view first, and create it again in this place"},
    Advice{"42P16", "drop columns from view",
           "drop the view first, and create it again in this place"},
    Advice{"42P16", "multiple primary keys", "drop the primary key that is there first"},
    Advice{"23514", "no partition of relation", "create a partition for these rows first"},
    Advice{"53200", "max_locks_per_transaction",
           "the server has no room for so many locks: raise max_locks_per_transaction and restart "
           "it, or split the work into several files",
           true},
    Advice{"53200", "max_pred_locks_per_transaction",
           "raise max_pred_locks_per_transaction and restart the server, or use another isolation "
           "level",
           true},
    Advice{"53200", "",
           "the server has too little memory for this: let it do less at once, or give it more",
           true},
    Advice{"53400", "temp_file_limit",
           "let it do less at once, or have `temp_file_limit` raised for this role", true},
    Advice{"XX000", "concurrently",
           "another session changed the same at the same time: run it again", true},
};

Advice const* find(pg::ServerMessage const& server) {
    auto const found = std::find_if(table.begin(), table.end(), [&](Advice const& one) {
        return one.state == server.sqlstate && says(server, one.words);
    });
    return found == table.end() ? nullptr : &*found;
}

/// Two sessions created the same: PostgreSQL's own catalogs have found the duplicate.
bool is_race(pg::ServerMessage const& server) {
    return server.sqlstate == "23505" && server.schema == "pg_catalog";
}

std::string of_missing_object(pg::ServerMessage const& server) {
    std::string_view const message = server.message;
    if (auto const role = pg::quoted_behind(message, "role \""); !role.empty()) {
        return fmt::format(
            "roles belong to the whole server: have it created there, `CREATE ROLE "
            "{};`",
            sql::quote_identifier(role));
    }
    if (auto const space = pg::quoted_behind(message, "tablespace \""); !space.empty()) {
        return "tablespaces belong to the whole server: have it created there, or leave it out";
    }
    return {};
}

std::string of_missing_schema(pg::ServerMessage const& server) {
    if (auto const schema = pg::quoted_behind(server.message, "schema \""); !schema.empty()) {
        return fmt::format("put `CREATE SCHEMA IF NOT EXISTS {};` before this statement",
                           sql::quote_identifier(schema));
    }
    return "the schema that the URL names (`?schema=`) is not there, or the role has no right on "
           "it: create it first";
}

/// DROP ROLE says what the role owns or may do.
std::string of_role_in_use(std::string_view statement) {
    auto const role = name_behind(statement, "DROP ROLE IF EXISTS").empty()
                          ? name_behind(statement, "DROP ROLE")
                          : name_behind(statement, "DROP ROLE IF EXISTS");
    if (role.empty()) return "drop what depends on it first";
    return fmt::format(
        "put `REASSIGN OWNED BY {} TO CURRENT_USER; DROP OWNED BY {};` before this "
        "statement, in each database where it owns something",
        role, role);
}

}  // namespace

std::string advice_by_state(pg::ServerMessage const& server, std::string_view statement) {
    if (server.sqlstate == "25001" && !statement.empty() && !may_refuse_transaction(statement) &&
        !begins_with(statement, "SET")) {
        return "write what refuses a transaction as a statement of the file, not in a function or "
               "a DO block";
    }
    if (auto const* const found = find(server)) return std::string(found->help);
    auto const& state = server.sqlstate;
    if (is_race(server)) {
        return "another session created the same at the same time: run the command again";
    }
    if (state == "42704") return of_missing_object(server);
    if (state == "3F000") return of_missing_schema(server);
    if (state == "2BP01") return of_role_in_use(statement);
    return {};
}

bool lies_outside(pg::ServerMessage const& server) {
    if (auto const* const found = find(server)) return found->lies_outside;
    constexpr std::array<std::string_view, 6> classes{
        "53",  // insufficient_resources
        "57",  // operator_intervention
        "58",  // system_error
        "40",  // transaction_rollback: serialization failure, deadlock
        "28",  // invalid_authorization_specification
        "XX",  // internal_error
    };
    constexpr std::array<std::string_view, 3> states{
        "42501",  // insufficient_privilege
        "25006",  // read_only_sql_transaction
        "55P03",  // lock_not_available
    };
    if (server.sqlstate == "42501" && says(server, "is a system catalog")) return false;
    if (server.sqlstate == "42704") return !pg::quoted_behind(server.message, "role \"").empty();
    std::string_view const state = server.sqlstate;
    return is_race(server) ||
           std::find(classes.begin(), classes.end(), state.substr(0, 2)) != classes.end() ||
           std::find(states.begin(), states.end(), state) != states.end();
}

}  // namespace cm::history
