// PostgreSQL names what a right is missing on in its message alone, in the server's language: the
// English ones are read, others leave it at a general word.
#include "history/missing_right.hpp"

#include <fmt/ranges.h>

#include <optional>

#include "base/sqlstate.hpp"
#include "history/needed_right.hpp"
#include "history/right_facts.hpp"
#include "sql/name.hpp"

namespace cm::history {
namespace {

/// What follows `words` in the message, to its end: PostgreSQL puts names there as they are, blanks
/// and quotes included.
std::optional<std::string_view> rest_after(std::string_view message, std::string_view words) {
    auto const at = message.find(words);
    return at == std::string_view::npos ? std::nullopt
                                        : std::optional{message.substr(at + words.size())};
}

/// The same, without the quotes that it has put around the name.
std::optional<std::string> after(std::string_view message, std::string_view words) {
    auto rest = rest_after(message, words);
    if (!rest) return {};
    if (rest->size() > 1 && rest->starts_with('"') && rest->ends_with('"')) {
        rest = rest->substr(1, rest->size() - 2);
    }
    return std::string(*rest);
}

/// The word behind those words.
std::optional<std::string> word_after(std::string_view text, std::string_view words) {
    auto rest = rest_after(text, words);
    if (!rest) return {};
    if (rest->starts_with('"')) rest->remove_prefix(1);
    return std::string(rest->substr(0, rest->find_first_of("\" ")));
}

/// A statement that was refused, and by whom it was carried out.
struct Refused {
    pg::ServerMessage const& server;
    std::string_view statement{};  ///< the one of a function, if one failed there
    std::string role{};
    pg::Connection& connection;

    std::string_view message() const { return server.message; }

    std::string quoted_role() const { return sql::quote_identifier(role); }

    bool says(std::string_view words) const { return message().find(words) != message().npos; }

    bool explains(std::string_view words) const {
        return says(words) || server.detail.find(words) != std::string::npos ||
               server.hint.find(words) != std::string::npos;
    }
};

std::string grant(std::string_view what, std::string_view kind, std::string_view name,
                  std::string_view role) {
    return fmt::format("ask the owner or a superuser to run `GRANT {} ON {} {} TO {};`", what, kind,
                       name, sql::quote_identifier(role));
}

/// Who hands on a right must have it with the option to do so.
std::string grant(std::string_view what, std::string_view kind, std::string_view name,
                  Refused const& refused) {
    if (auto const rights = granted_rights(refused.statement)) {
        return fmt::format(
            "ask the owner or a superuser to grant the privilege, or the option to grant it: "
            "`GRANT {} ON {} {} TO {} WITH GRANT OPTION;`",
            *rights, kind, name, refused.quoted_role());
    }
    return grant(what, kind, name, refused.role);
}

std::string only_superuser() {
    return "only a superuser may do this: run the command as one";
}

/// Nobody can grant rights on what has been rolled back.
std::string grant_inside(std::string_view rights, std::string_view kind, std::string_view name,
                         Refused const& refused) {
    return fmt::format("add `GRANT {} ON {} {} TO {};` after the statement that creates it", rights,
                       kind, name, refused.quoted_role());
}

std::string of_table(std::string const& name, Refused const& refused) {
    auto const rights = table_rights(refused.statement, name, refused.connection.server_version());
    auto const table = find_relation(name, refused.statement, refused.role, refused.connection);
    if (table.is_unclear) {
        return fmt::format(
            "have the right on `{}` given to `{}`: there are several of that name, and the "
            "statement does not say which one",
            name, refused.role);
    }
    if (!table.exists()) {
        return grant_inside(rights, "TABLE", sql::quote_identifier(name), refused);
    }
    // A view reads with the rights of its owner: the statement need not name what is missing.
    if (!granted_rights(refused.statement)) {
        auto const owner = names(refused.statement, name)
                               ? std::string{}
                               : view_owner_without_right(table.name, refused.connection);
        if (!owner.empty()) return grant("SELECT", "TABLE", table.name, owner);
        if (has_table_rights(refused.role, table.name, rights, refused.connection)) {
            return fmt::format(
                "`{}` has this privilege, but the owner of a view, a function or a table that the "
                "statement uses does not",
                refused.role);
        }
    }
    if (!refused.statement.empty() && !names(refused.statement, name) &&
        runs_unseen_code(refused.statement)) {
        return fmt::format(
            "what the statement calls uses `{}`: have the right that it needs there granted to "
            "`{}` by the owner or a superuser",
            table.name, refused.role);
    }
    return grant(rights, "TABLE", table.name, refused);
}

std::string of_schema(std::string const& name, Refused const& refused) {
    auto& connection = refused.connection;
    auto rights = schema_rights(refused.statement, name, creation_schema(connection));
    auto const quoted = sql::quote_identifier(name);
    if (!find_owned("schema", name, {}, refused.role, connection).exists()) {
        return grant_inside(rights, "SCHEMA", quoted, refused);
    }
    auto const may_use = has_schema_rights(refused.role, name, "USAGE", connection);
    // The new owner of an object must be able to create in its schema.
    auto const owner = name_behind(refused.statement, "OWNER TO");
    if (!owner.empty() && may_use) {
        return fmt::format(
            "ask the owner or a superuser to run `GRANT USAGE, CREATE ON SCHEMA {} TO {};`", quoted,
            owner);
    }
    if (may_use) rights = "CREATE";
    return grant(rights, "SCHEMA", quoted, refused);
}

bool is_trusted(std::string const& language, pg::Connection& connection) {
    return !connection
                .fetch("SELECT FROM pg_language WHERE lanname = $1 AND lanpltrusted", {language})
                .empty();
}

std::string of_database(Refused const& refused) {
    // What is for all tables is for superusers.
    if (mentions(refused.statement, "FOR ALL TABLES") ||
        mentions(refused.statement, "TABLES IN SCHEMA")) {
        return only_superuser();
    }
    auto const name = refused.connection.fetch("SELECT quote_ident(current_database()) AS name");
    return grant(refused.says("temporary tables") ? "TEMPORARY" : "CREATE", "DATABASE",
                 name[0].text("name"), refused);
}

std::string of_routine(std::string const& name, Refused const& refused) {
    auto const found = routines_denied(name, refused.statement, refused.role, refused.connection);
    if (found.empty()) return {};
    if (found.size() == 1) return grant("EXECUTE", "ROUTINE", found.front(), refused);
    return fmt::format(
        "have EXECUTE granted to `{}`, by the owner or a superuser, on the one of these that is "
        "called: `{}`",
        refused.role, fmt::join(found, "`, `"));
}

std::string of_type(std::string const& name, Refused const& refused) {
    auto const type = find_owned("type", name, {}, refused.role, refused.connection);
    return type.exists() ? grant("USAGE", "TYPE", type.name, refused)
                         : grant_inside("USAGE", "TYPE", name, refused);
}

std::string of_sequence(std::string const& name, Refused const& refused) {
    auto const rights = sequence_rights(refused.statement, name);
    auto const found = find_relation(name, refused.statement, refused.role, refused.connection);
    return found.exists() ? grant(rights, "SEQUENCE", found.name, refused)
                          : grant_inside(rights, "SEQUENCE", sql::quote_identifier(name), refused);
}

/// Rights on objects, by the words of the message.
std::string on_object(Refused const& refused) {
    for (auto const* const words : {"denied for table ", "denied for relation ", "denied for view ",
                                    "denied for materialized view ", "denied for foreign table "}) {
        if (auto const name = after(refused.message(), words)) return of_table(*name, refused);
    }
    if (auto const name = after(refused.message(), "denied for sequence ")) {
        return of_sequence(*name, refused);
    }
    if (auto const name = after(refused.message(), "denied for schema ")) {
        return of_schema(*name, refused);
    }
    if (refused.says("denied for database ") || refused.says("temporary tables in database ")) {
        return of_database(refused);
    }
    // The only one that comes with its schema and in quotes where it needs them.
    if (auto const name = rest_after(refused.message(), "denied for type ")) {
        return of_type(std::string(*name), refused);
    }
    for (auto const* const words :
         {"denied for function ", "denied for procedure ", "denied for aggregate "}) {
        if (auto const name = after(refused.message(), words)) return of_routine(*name, refused);
    }
    if (auto const name = after(refused.message(), "denied for language ")) {
        return is_trusted(*name, refused.connection)
                   ? grant("USAGE", "LANGUAGE", sql::quote_identifier(*name), refused)
                   : only_superuser();
    }
    for (auto const& [words, kind] :
         {std::pair{"denied for foreign-data wrapper ", "FOREIGN DATA WRAPPER"},
          {"denied for foreign server ", "FOREIGN SERVER"}}) {
        if (auto const name = after(refused.message(), words)) {
            return grant("USAGE", kind, sql::quote_identifier(*name), refused);
        }
    }
    if (auto const name = after(refused.message(), "denied for tablespace ")) {
        return grant("CREATE", "TABLESPACE", sql::quote_identifier(*name), refused);
    }
    return {};
}

std::string of_owner(Refused const& refused) {
    constexpr std::string_view must_own = "must be owner of ";
    auto const at = refused.message().find(must_own);
    if (at == std::string_view::npos) return {};
    auto const what = refused.message().substr(at + must_own.size());
    auto const [kind, name] = kind_and_name(what);
    if (name.empty()) return "run it as the owner or as a superuser";
    auto const found = find_owned(kind, name, refused.statement, refused.role, refused.connection);
    if (found.is_unclear) return "run it as the owner or as a superuser";
    if (found.is_built_in && found.is_of_superuser) return only_superuser();
    if (!found.exists() || found.is_of_superuser) return "run it as the owner or as a superuser";
    return fmt::format("run it as the owner `{}`, or {}", found.owner,
                       become(found.owner, refused.role, refused.connection));
}

std::string of_extension(std::string const& name, Refused const& refused) {
    if (refused.server.hint.find("CREATE privilege") != std::string::npos) {
        return of_database(refused);
    }
    auto const schema = name_behind(refused.statement, "SCHEMA");
    auto const create =
        fmt::format("CREATE EXTENSION IF NOT EXISTS {}{}{};", sql::quote_identifier(name),
                    schema.empty() ? "" : " WITH SCHEMA ", schema);
    auto const* const more =
        mentions(refused.statement, "IF NOT EXISTS") ? "" : ", and add IF NOT EXISTS here as well";
    return fmt::format("ask a superuser to run it once in this database: `{}`{}", create, more);
}

/// Membership in one of PostgreSQL's own roles, which the message or its detail names.
std::string of_predefined_role(Refused const& refused) {
    for (std::string_view const text :
         {refused.message(), std::string_view(refused.server.detail)}) {
        for (auto const* const words : {"privileges of the ", "member of the "}) {
            auto const name = word_after(text, words);
            if (name && name->starts_with("pg_")) {
                return fmt::format("ask a superuser to make `{}` a member: `GRANT {} TO {};`",
                                   refused.role, *name, refused.quoted_role());
            }
        }
    }
    return {};
}

/// An attribute of the role, and since PostgreSQL 16 the ADMIN option on the role that is changed.
std::string of_attribute(Refused const& refused) {
    if (refused.explains("SUPERUSER attribute") || refused.explains("superuser roles")) {
        return only_superuser();
    }
    std::string_view attribute{};
    if (refused.says("denied to create database")) attribute = "CREATEDB";
    for (auto const* const words :
         {"denied to create role", "denied to drop role", "denied to alter role"}) {
        if (refused.says(words)) attribute = "CREATEROLE";
    }
    if (refused.message() == "permission denied") attribute = "CREATEROLE";
    for (auto const* const word : {"CREATEDB", "REPLICATION", "BYPASSRLS"}) {
        if (!attribute.empty() && refused.explains(fmt::format("the {} attribute", word))) {
            attribute = word;
        }
    }
    if (attribute.empty()) return {};
    std::string also{};
    constexpr int with_admin = 160'000;
    if (refused.connection.server_version() >= with_admin && refused.explains("ADMIN option")) {
        auto const changed = name_behind(refused.statement, "DROP ROLE").empty()
                                 ? name_behind(refused.statement, "ROLE")
                                 : name_behind(refused.statement, "DROP ROLE");
        if (!changed.empty()) {
            also =
                fmt::format(" GRANT {} TO {} WITH ADMIN OPTION;", changed, refused.quoted_role());
        }
    }
    return fmt::format("ask a superuser to allow it: `ALTER ROLE {} {};{}`", refused.quoted_role(),
                       attribute, also);
}

std::string of_membership(Refused const& refused) {
    for (auto const* const words :
         {"must have admin option on role ", "denied to grant role ", "denied to revoke role "}) {
        if (auto const name = after(refused.message(), words)) {
            return fmt::format("ask a superuser to allow it: `GRANT {} TO {} WITH ADMIN OPTION;`",
                               sql::quote_identifier(*name), refused.quoted_role());
        }
    }
    if (refused.says("denied to set session authorization")) return only_superuser();
    auto const sets_role = refused.says("denied to set role ");
    for (auto const* const words :
         {"must be member of role ", "must be able to SET ROLE ", "denied to set role "}) {
        if (auto const name = after(refused.message(), words)) {
            auto const rows = refused.connection.fetch("SELECT session_user AS name");
            auto const member = sets_role ? rows[0].text("name") : refused.role;
            return fmt::format("make `{}` a member of that role: `GRANT {} TO {};`", member,
                               sql::quote_identifier(*name), sql::quote_identifier(member));
        }
    }
    auto const whose = name_behind(refused.statement, "FOR ROLE");
    if (refused.says("denied to change default privileges") && !whose.empty()) {
        return fmt::format("make `{}` a member of that role: `GRANT {} TO {};`", refused.role,
                           whose, refused.quoted_role());
    }
    return {};
}

std::string of_parameter(Refused const& refused) {
    auto const name = after(refused.message(), "denied to set parameter ");
    constexpr int with_grants = 150'000;
    if (!name) return {};
    if (refused.connection.server_version() < with_grants) return only_superuser();
    return fmt::format("ask a superuser to allow it: `GRANT {} ON PARAMETER {} TO {};`",
                       begins_with(refused.statement, "ALTER SYSTEM") ? "ALTER SYSTEM" : "SET",
                       sql::quote_identifier(*name), refused.quoted_role());
}

std::string of_row_security(Refused const& refused) {
    if (!refused.says("row-level security")) return {};
    return fmt::format(
        "row security policies of the table do not allow it: use its owner, or a role that they do "
        "not apply to (`ALTER ROLE {} BYPASSRLS;`)",
        refused.quoted_role());
}

/// What only attributes of the role allow, or membership in another one.
std::string of_role(Refused const& refused) {
    if (auto const name = after(refused.message(), "denied to create extension ")) {
        return of_extension(*name, refused);
    }
    for (auto* const look :
         {of_predefined_role, of_membership, of_attribute, of_parameter, of_row_security}) {
        if (auto help = look(refused); !help.empty()) return help;
    }
    if (refused.says("is a system catalog"))
        return "PostgreSQL's system catalogs cannot be changed";
    return refused.explains("superuser") ? only_superuser() : std::string{};
}

}  // namespace

std::string advice_on_right(pg::ServerMessage const& server, std::string_view statement,
                            std::string const& role, pg::Connection& connection) {
    if (server.sqlstate != sqlstate::insufficient_privilege) return {};
    auto const definer = definer_in(server.context, connection);
    Refused const refused{.server = server,
                          .statement = innermost(server.context, statement),
                          .role = definer.empty() ? role : definer,
                          .connection = connection};
    auto help = on_object(refused);
    if (help.empty()) help = of_owner(refused);
    if (help.empty()) help = of_role(refused);
    return help.empty()
               ? fmt::format("grant the privilege to `{}`, or use a role that has it", refused.role)
               : help;
}

}  // namespace cm::history
