// Advice by SQLSTATE and words of the message; where the server speaks another language, the rows
// without words hold. Declared in advice.hpp.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/sqlstate.hpp"
#include "history/advice.hpp"
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
    "this is a server setting that requires a restart: ask the administrator to change it";

constexpr std::array table{
    // Rows that were changed in the same transaction, and are still to be checked.
    Advice{sqlstate::object_in_use, "pending trigger events",
           "put `SET CONSTRAINTS ALL IMMEDIATE;` before this statement, or move the statement into "
           "a migration of its own: deferred constraints have not been checked yet for rows that "
           "were changed before it"},
    Advice{sqlstate::object_in_use, "queries in this session",
           "a cursor, a function or a trigger of this script is still using it: move the statement "
           "to a place where that is no longer so"},
    Advice{sqlstate::object_in_use, "accessed by other users", "end the sessions that use it",
           true},
    Advice{sqlstate::object_in_use, "currently open", "connect to another database for this"},
    Advice{sqlstate::object_in_use, "is active for PID", "end the process that uses it", true},
    Advice{sqlstate::object_not_in_prerequisite_state, "shared_preload_libraries", configuration,
           true},
    Advice{sqlstate::object_not_in_prerequisite_state, "max_prepared_transactions", configuration,
           true},
    Advice{sqlstate::object_not_in_prerequisite_state, "wal_level", configuration, true},
    Advice{sqlstate::object_not_in_prerequisite_state, "has not been populated",
           "put `REFRESH MATERIALIZED VIEW` before it"},
    Advice{sqlstate::unsafe_new_enum_value_usage, "",
           "a new enum value can be used only after it was committed: put `ALTER TYPE … ADD VALUE` "
           "into an earlier migration, outside of BEGIN … COMMIT and of --single-transaction"},
    Advice{sqlstate::active_sql_transaction, "inside a transaction block",
           "remove the BEGIN and COMMIT around it: it can only run outside of a transaction"},
    Advice{sqlstate::active_sql_transaction, "must be called before any query",
           "put it at the beginning of the file"},
    Advice{sqlstate::active_sql_transaction, "does not end it",
           "put COMMIT at the end of the transaction"},
    Advice{sqlstate::invalid_transaction_termination, "",
           "a procedure or block that commits must be called by a statement of the file, outside "
           "of BEGIN … COMMIT, and not from a function or a block with EXCEPTION"},
    Advice{sqlstate::feature_not_supported, "alter type of a column used",
           "drop what uses the column first, and recreate it after this statement"},
    Advice{sqlstate::feature_not_supported, "is not available",
           "install the extension on the server", true},
    Advice{sqlstate::feature_not_supported, "truncate a table referenced",
           "name the tables that refer to it in the same TRUNCATE, or delete the rows"},
    Advice{sqlstate::invalid_table_definition, "view column",
           "drop the view first, and recreate it here"},
    Advice{sqlstate::invalid_table_definition, "drop columns from view",
           "drop the view first, and recreate it here"},
    Advice{sqlstate::invalid_table_definition, "multiple primary keys",
           "drop the existing primary key first"},
    Advice{sqlstate::check_violation, "no partition of relation",
           "create a partition for these rows first"},
    Advice{sqlstate::out_of_memory, "max_locks_per_transaction",
           "the server's lock table is full: raise max_locks_per_transaction and restart the "
           "server, or split the work into several files",
           true},
    Advice{sqlstate::out_of_memory, "max_pred_locks_per_transaction",
           "raise max_pred_locks_per_transaction and restart the server, or use another isolation "
           "level",
           true},
    Advice{sqlstate::out_of_memory, "",
           "the server does not have enough memory for this: split the work into smaller parts, or "
           "give the server more memory",
           true},
    Advice{sqlstate::configuration_limit_exceeded, "temp_file_limit",
           "split the work into smaller parts, or raise `temp_file_limit` for this role", true},
    Advice{sqlstate::internal_error, "concurrently",
           "another session changed the same data at the same time: run it again", true},
};

Advice const* find(pg::ServerMessage const& server) {
    auto const found = std::find_if(table.begin(), table.end(), [&](Advice const& one) {
        return one.state == server.sqlstate && says(server, one.words);
    });
    return found == table.end() ? nullptr : &*found;
}

/// Two sessions created the same: PostgreSQL's own catalogs have found the duplicate.
bool is_race(pg::ServerMessage const& server) {
    return server.sqlstate == sqlstate::unique_violation && server.schema == "pg_catalog";
}

std::string of_missing_object(pg::ServerMessage const& server) {
    std::string_view const message = server.message;
    if (auto const role = pg::quoted_behind(message, "role \""); !role.empty()) {
        return fmt::format(
            "roles belong to the whole server: create it there with `CREATE ROLE {};`",
            sql::quote_identifier(role));
    }
    if (auto const space = pg::quoted_behind(message, "tablespace \""); !space.empty()) {
        return "tablespaces belong to the whole server: create it there, or remove it from the "
               "statement";
    }
    return {};
}

std::string of_missing_schema(pg::ServerMessage const& server) {
    if (auto const schema = pg::quoted_behind(server.message, "schema \""); !schema.empty()) {
        return fmt::format("put `CREATE SCHEMA IF NOT EXISTS {};` before this statement",
                           sql::quote_identifier(schema));
    }
    return "the schema in the URL (`?schema=`) does not exist, or the role has no privileges on "
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
    if (server.sqlstate == sqlstate::active_sql_transaction && !statement.empty() &&
        !may_refuse_transaction(statement) && !begins_with(statement, "SET")) {
        return "a command that cannot run in a transaction must be a statement of the file, not "
               "part of a function or a DO block";
    }
    if (auto const* const found = find(server)) return std::string(found->help);
    auto const& state = server.sqlstate;
    if (is_race(server)) {
        return "another session created the same object at the same time: run the command again";
    }
    if (state == sqlstate::undefined_object) return of_missing_object(server);
    if (state == sqlstate::invalid_schema_name) return of_missing_schema(server);
    if (state == sqlstate::dependent_objects_still_exist) return of_role_in_use(statement);
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
        sqlstate::insufficient_privilege,
        sqlstate::read_only_sql_transaction,
        sqlstate::lock_not_available,
    };
    if (server.sqlstate == sqlstate::insufficient_privilege && says(server, "is a system catalog"))
        return false;
    if (server.sqlstate == sqlstate::undefined_object)
        return !pg::quoted_behind(server.message, "role \"").empty();
    std::string_view const state = server.sqlstate;
    return is_race(server) ||
           std::find(classes.begin(), classes.end(), state.substr(0, 2)) != classes.end() ||
           std::find(states.begin(), states.end(), state) != states.end();
}

}  // namespace cm::history
