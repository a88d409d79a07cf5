// PostgreSQL names what a right is missing on in its message alone, in the server's language: the
// English ones are read, others leave it at a general word.
#include "history/missing_right.hpp"

#include <fmt/format.h>

#include <optional>

#include "sql/name.hpp"
#include "sql/token.hpp"

namespace cm::history {
namespace {

/// What follows `words` in the message, without its quotes.
std::optional<std::string> after(std::string_view message, std::string_view words) {
    auto const at = message.find(words);
    if (at == std::string_view::npos) return {};
    auto rest = message.substr(at + words.size());
    if (rest.starts_with('"')) {
        rest.remove_prefix(1);
        return std::string(rest.substr(0, rest.find('"')));
    }
    return std::string(rest.substr(0, rest.find(' ')));
}

std::string_view privileges_for(std::string_view statement) {
    auto const first = sql::next_solid_token(statement, 0);
    auto const is = [&](std::string_view word) { return sql::is_word(statement, first, word); };
    if (is("INSERT") || is("COPY")) return "SELECT, INSERT";
    if (is("UPDATE")) return "SELECT, UPDATE";
    if (is("DELETE")) return "SELECT, DELETE";
    if (is("TRUNCATE")) return "TRUNCATE";
    if (is("SELECT")) return "SELECT";
    if (is("ALTER")) return "REFERENCES";  // a foreign key leads there
    if (is("CREATE")) {
        auto const second = sql::next_solid_token(statement, first.end);
        if (sql::is_word(statement, second, "TABLE")) return "REFERENCES";
        if (sql::is_word(statement, second, "TRIGGER")) return "TRIGGER";
    }
    return "ALL";
}

struct Relation {
    std::string name{};
    std::string owner{};
};

/// The relation of that name that the session sees, else the only one that there is.
Relation relation_named(std::string const& name, pg::Connection& connection) {
    auto const rows = connection.fetch(
        "SELECT n.nspname AS schema, (SELECT rolname FROM pg_catalog.pg_roles WHERE oid = "
        "c.relowner AND "
        "NOT rolsuper) AS owner "
        "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'i', 'I') "
        "ORDER BY pg_catalog.pg_table_is_visible(c.oid) DESC, n.nspname LIMIT 1",
        {name});
    if (rows.empty()) return {sql::quote_identifier(name), {}};
    return {sql::quote(sql::QualifiedName{rows[0].text("schema"), name}),
            rows[0].optional_text("owner").value_or("")};
}

std::string grant(std::string_view what, std::string_view kind, std::string_view name,
                  std::string const& role) {
    return fmt::format("have it granted by the owner or a superuser: `GRANT {} ON {} {} TO {};`",
                       what, kind, name, sql::quote_identifier(role));
}

/// Rights on objects, by the words of the message.
std::string on_object(std::string_view message, std::string_view statement, std::string const& role,
                      pg::Connection& connection) {
    for (auto const* const words : {"denied for table ", "denied for relation ", "denied for view ",
                                    "denied for materialized view ", "denied for foreign table "}) {
        if (auto const name = after(message, words)) {
            return grant(privileges_for(statement), "TABLE", relation_named(*name, connection).name,
                         role);
        }
    }
    if (auto const name = after(message, "denied for sequence ")) {
        return grant("USAGE, SELECT, UPDATE", "SEQUENCE", relation_named(*name, connection).name,
                     role);
    }

    struct Kind {
        std::string_view words{}, privileges{}, kind{};
    };

    for (auto const& [words, privileges, kind] :
         {Kind{"denied for schema ", "USAGE, CREATE", "SCHEMA"},
          {"denied for database ", "CREATE, TEMPORARY", "DATABASE"},
          {"denied for type ", "USAGE", "TYPE"},
          {"denied for language ", "USAGE", "LANGUAGE"},
          {"denied for tablespace ", "CREATE", "TABLESPACE"},
          {"denied for foreign-data wrapper ", "USAGE", "FOREIGN DATA WRAPPER"},
          {"denied for foreign server ", "USAGE", "FOREIGN SERVER"},
          {"denied for function ", "EXECUTE", "FUNCTION"},
          {"denied for procedure ", "EXECUTE", "PROCEDURE"}}) {
        if (auto const name = after(message, words)) {
            return grant(privileges, kind, sql::quote_identifier(*name), role);
        }
    }
    return {};
}

std::string of_owner(std::string_view message, std::string const& role,
                     pg::Connection& connection) {
    constexpr std::string_view must_own = "must be owner of ";
    auto const at = message.find(must_own);
    if (at == std::string_view::npos) return {};
    auto const what = message.substr(at + must_own.size());
    auto const name = after(what, " ");
    auto const owner = name ? relation_named(*name, connection).owner : std::string{};
    if (owner.empty()) {
        return "run it as the owner or as a superuser";
    }
    return fmt::format("run it as the owner `{}`, or make `{}` a member of it: `GRANT {} TO {};`",
                       owner, role, sql::quote_identifier(owner), sql::quote_identifier(role));
}

/// What only attributes of the role allow, or membership in another one.
std::string of_role(pg::ServerMessage const& server, std::string const& role,
                    pg::Connection& connection) {
    std::string_view const message = server.message;
    auto const quoted = sql::quote_identifier(role);
    if (auto const name = after(message, "denied to create extension ")) {
        auto const is_trusted = server.hint.find("CREATE privilege") != std::string::npos;
        return is_trusted
                   ? grant("CREATE", "DATABASE",
                           sql::quote_identifier(
                               connection.fetch("SELECT pg_catalog.current_database() AS name")[0]
                                   .text("name")),
                           role)
                   : fmt::format(
                         "let a superuser run it once in this database: `CREATE EXTENSION IF "
                         "NOT EXISTS {};`",
                         sql::quote_identifier(*name));
    }
    for (auto const* const words :
         {"must be member of role ", "must be able to SET ROLE ", "denied to set role ",
          "denied to set session authorization "}) {
        if (auto const name = after(message, words)) {
            return fmt::format("make `{}` a member of that role: `GRANT {} TO {};`", role,
                               sql::quote_identifier(*name), quoted);
        }
    }
    if (message.find("denied to create role") != std::string_view::npos) {
        return fmt::format("have a superuser allow it: `ALTER ROLE {} CREATEROLE;`", quoted);
    }
    if (message.find("denied to create database") != std::string_view::npos) {
        return fmt::format("have a superuser allow it: `ALTER ROLE {} CREATEDB;`", quoted);
    }
    return {};
}

}  // namespace

std::string advice_on_right(pg::ServerMessage const& server, std::string_view statement,
                            std::string const& role, pg::Connection& connection) {
    if (server.sqlstate != "42501") return {};
    auto help = on_object(server.message, statement, role, connection);
    if (help.empty()) help = of_owner(server.message, role, connection);
    if (help.empty()) help = of_role(server, role, connection);
    return help.empty()
               ? fmt::format("have the right given to `{}`, or use a role that has it", role)
               : help;
}

}  // namespace cm::history
