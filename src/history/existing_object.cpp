// Reads the kind and the name out of the message: `relation "users" already exists`.
#include "history/existing_object.hpp"

#include <string>

#include "base/log.hpp"
#include "pg/server_message.hpp"

namespace cm::history {
namespace {

bool finds(pg::Connection& connection, std::string_view query,
           std::vector<std::optional<std::string>> const& parameters) {
    return !connection.fetch(query, parameters).empty();
}

bool is_gone(pg::ServerMessage const& server, pg::Connection& connection) {
    std::string_view const message = server.message;
    auto const relation = pg::quoted_behind(message, "relation \"");
    if (message.starts_with("column \"") && !relation.empty()) {
        return !finds(connection,
                      "SELECT FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE "
                      "a.attname = $1 AND c.relname = $2 AND NOT a.attisdropped",
                      {pg::quoted_behind(message, "column \""), relation});
    }
    if (message.starts_with("relation \"")) {
        return !finds(connection, "SELECT FROM pg_class WHERE relname = $1", {relation});
    }
    if (message.starts_with("schema \"")) {
        return !finds(connection, "SELECT FROM pg_namespace WHERE nspname = $1",
                      {pg::quoted_behind(message, "schema \"")});
    }
    if (message.starts_with("type \"")) {
        return !finds(connection, "SELECT FROM pg_type WHERE typname = $1",
                      {pg::quoted_behind(message, "type \"")});
    }
    return false;
}

}  // namespace

bool was_made_by_script(pg::ServerMessage const& server, pg::Connection& connection) {
    try {
        return is_gone(server, connection);
    } catch (pg::SqlError const& failed) {
        log::swallowed("looking for the object that exists already", failed);
        return false;
    }
}

}  // namespace cm::history
