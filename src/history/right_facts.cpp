// Queries about objects and roles. Each gives nothing where it does not know.
#include "history/right_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "history/needed_right.hpp"
#include "pg/schema_contents.hpp"
#include "sql/array_literal.hpp"
#include "sql/name.hpp"
#include "sql/named_objects.hpp"

namespace cm::history {
namespace {

using Parameters = std::vector<std::optional<std::string>>;

constexpr std::string_view owner_columns =
    "r.rolname AS owner, r.rolsuper AS is_super, o.oid < 16384 AS is_built_in ";

/// PostgreSQL's word for a kind, and the query for an object of the name $1, `o` being its row.
struct KindQuery {
    std::string_view kind{};
    std::string_view query{};
};

constexpr std::array queries{
    KindQuery{"schema",
              "SELECT quote_ident(o.nspname) AS name, {} FROM pg_namespace o JOIN pg_roles r ON "
              "r.oid = o.nspowner WHERE o.nspname = $1"},
    KindQuery{"database",
              "SELECT quote_ident(o.datname) AS name, {} FROM pg_database o JOIN pg_roles r ON "
              "r.oid = o.datdba WHERE o.datname = $1"},
    KindQuery{"type",
              "SELECT format('%I.%I', n.nspname, o.typname) AS name, {} FROM pg_type o JOIN "
              "pg_namespace n ON n.oid = o.typnamespace JOIN pg_roles r ON r.oid = o.typowner "
              "WHERE o.oid = coalesce(to_regtype($1), (SELECT min(oid) FROM pg_type WHERE typname "
              "= $1))"},
    KindQuery{"function",
              "SELECT o.oid::regprocedure::text AS name, {} FROM pg_proc o JOIN pg_roles r ON "
              "r.oid = o.proowner WHERE o.proname = $1 ORDER BY pg_function_is_visible(o.oid) "
              "DESC, o.oid DESC"},
    KindQuery{"extension",
              "SELECT quote_ident(o.extname) AS name, {} FROM pg_extension o JOIN pg_roles r ON "
              "r.oid = o.extowner WHERE o.extname = $1"},
    KindQuery{"publication",
              "SELECT quote_ident(o.pubname) AS name, {} FROM pg_publication o JOIN pg_roles r ON "
              "r.oid = o.pubowner WHERE o.pubname = $1"},
    KindQuery{"foreign server",
              "SELECT quote_ident(o.srvname) AS name, {} FROM pg_foreign_server o JOIN pg_roles r "
              "ON r.oid = o.srvowner WHERE o.srvname = $1"},
    KindQuery{"statistics object",
              "SELECT format('%I.%I', n.nspname, o.stxname) AS name, {} FROM pg_statistic_ext o "
              "JOIN pg_namespace n ON n.oid = o.stxnamespace JOIN pg_roles r ON r.oid = "
              "o.stxowner WHERE o.stxname = $1"},
};

std::string_view common(std::string_view kind) {
    if (kind == "procedure" || kind == "aggregate" || kind == "routine") return "function";
    return kind == "domain" ? "type" : kind;
}

Owned first_of(sql::Rows const& rows) {
    if (rows.empty()) return {};
    return {rows[0].text("name"), rows[0].text("owner"), rows[0].boolean("is_super"),
            rows[0].boolean("is_built_in")};
}

bool is_kind_of_relation(std::string_view kind) {
    for (auto const* const word :
         {"table", "relation", "view", "materialized view", "index", "sequence", "foreign table"}) {
        if (kind == word) return true;
    }
    return false;
}

bool is_true(pg::Connection& connection, std::string const& query, Parameters const& parameters) {
    auto const rows = connection.fetch(query, parameters);
    return !rows.empty() && !rows[0].is_null("is_true") && rows[0].boolean("is_true");
}

}  // namespace

Owned find_relation(std::string_view name, std::string_view statement, std::string const& role,
                    pg::Connection& connection) {
    std::vector<std::string> schemas{};
    for (auto const& it : sql::named_objects(statement).value_or(sql::NamedObjects{}).relations) {
        if (it.name == name && !it.schema.empty()) schemas.push_back(it.schema);
    }
    auto const rows = connection.fetch(
        fmt::format(
            "SELECT quote_ident(n.nspname) || '.' || quote_ident(o.relname) AS name, {}, n.nspname "
            "= ANY ($2::text[]) OR pg_table_is_visible(o.oid) AS is_clear FROM "
            "pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace JOIN pg_roles r ON r.oid = "
            "o.relowner WHERE o.relname = $1 AND o.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'i', "
            "'I') ORDER BY n.nspname = ANY ($2::text[]) DESC, CASE WHEN o.relkind IN ('r', 'p', "
            "'v', 'm', 'f') THEN (SELECT count(*) FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', "
            "'DELETE']) p WHERE n.nspname = ANY ($2::text[]) AND has_table_privilege($3, o.oid, "
            "p)) END, array_position($2::text[], n.nspname::text), pg_table_is_visible(o.oid) "
            "DESC, n.nspname LIMIT 2",
            owner_columns),
        {std::string(name), sql::array_literal(schemas), role});
    auto found = first_of(rows);
    found.is_unclear = rows.size() > 1 && !rows[0].boolean("is_clear");
    return found;
}

Owned find_owned(std::string_view kind, std::string_view name, std::string_view statement,
                 std::string const& role, pg::Connection& connection) {
    if (is_kind_of_relation(kind)) return find_relation(name, statement, role, connection);
    for (auto const& [word, query] : queries) {
        if (word == common(kind)) {
            return first_of(connection.fetch(fmt::format(fmt::runtime(query), owner_columns),
                                             {std::string(name)}));
        }
    }
    return {};
}

std::vector<std::string> routines_denied(std::string_view name, std::string_view statement,
                                         std::string const& role, pg::Connection& connection) {
    auto const rows = connection.fetch(
        "SELECT format('%I.%I(%s)', n.nspname, p.proname, "
        "pg_get_function_identity_arguments(p.oid)) AS name, n.nspname AS schema, "
        "pg_function_is_visible(p.oid) AS is_visible, p.pronargs - p.pronargdefaults AS fewest, "
        "CASE WHEN p.provariadic <> 0 THEN 1000 ELSE p.pronargs END AS most FROM pg_proc p "
        "JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.proname = $1 AND NOT "
        "has_function_privilege($2, p.oid, 'EXECUTE') ORDER BY p.oid",
        {std::string(name), role});
    auto const named = sql::named_objects(statement).value_or(sql::NamedObjects{});
    auto const is_called = [&](auto const& row) {
        return std::any_of(named.routines.begin(), named.routines.end(), [&](auto const& it) {
            auto const count = static_cast<std::int64_t>(it.arguments);
            return it.name.name == name && count >= row.integer("fewest") &&
                   count <= row.integer("most") &&
                   (it.name.schema.empty() ? row.boolean("is_visible")
                                           : it.name.schema == row.text("schema"));
        });
    };
    std::vector<std::string> all{}, called{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        all.push_back(rows[i].text("name"));
        if (is_called(rows[i])) called.push_back(all.back());
    }
    return called.empty() ? all : called;
}

KindAndName kind_and_name(std::string_view words) {
    constexpr std::array<std::string_view, 24> kinds{"table",
                                                     "relation",
                                                     "materialized view",
                                                     "view",
                                                     "index",
                                                     "sequence",
                                                     "foreign table",
                                                     "schema",
                                                     "database",
                                                     "type",
                                                     "domain",
                                                     "function",
                                                     "procedure",
                                                     "aggregate",
                                                     "routine",
                                                     "extension",
                                                     "publication",
                                                     "foreign server",
                                                     "statistics object",
                                                     "foreign-data wrapper",
                                                     "event trigger",
                                                     "collation",
                                                     "language",
                                                     "tablespace"};
    for (auto const kind : kinds) {
        if (words.starts_with(kind) && words.substr(kind.size()).starts_with(' ')) {
            return {kind, words.substr(kind.size() + 1)};
        }
    }
    return {};
}

std::string creation_schema(pg::Connection& connection) {
    return connection.fetch("SELECT current_schema() AS name")[0].optional_text("name").value_or(
        "");
}

bool has_table_rights(std::string const& role, std::string const& table, std::string const& rights,
                      pg::Connection& connection) {
    return is_true(connection,
                   "SELECT bool_and(has_table_privilege($1, to_regclass($2), p)) AS is_true FROM "
                   "unnest(string_to_array($3, ', ')) p",
                   {role, table, rights});
}

bool has_schema_rights(std::string const& role, std::string_view schema, std::string const& rights,
                       pg::Connection& connection) {
    return is_true(connection,
                   "SELECT bool_and(has_schema_privilege($1, n.oid, p)) AS is_true FROM "
                   "pg_namespace n, unnest(string_to_array($3, ', ')) p WHERE n.nspname = $2",
                   {role, std::string(schema), rights});
}

std::string view_owner_without_right(std::string const& table, pg::Connection& connection) {
    auto const rows = connection.fetch(
        "SELECT pg_get_userbyid(v.relowner) AS name FROM pg_depend d JOIN pg_rewrite w ON w.oid = "
        "d.objid AND d.classid = 'pg_rewrite'::regclass JOIN pg_class v ON v.oid = w.ev_class "
        "WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = to_regclass($1) AND NOT "
        "has_table_privilege(v.relowner, d.refobjid, 'SELECT') LIMIT 1",
        {table});
    return rows.empty() ? std::string{} : rows[0].text("name");
}

std::string definer_in(std::string_view context, pg::Connection& connection) {
    constexpr std::string_view begin = "PL/pgSQL function ";
    for (auto at = context.find(begin); at != std::string_view::npos;
         at = context.find(begin, at + 1)) {
        auto const rest = context.substr(at + begin.size());
        auto const end = rest.find(") line ");
        if (end == std::string_view::npos || rest.find('\n') < end) continue;
        auto const rows = connection.fetch(
            "SELECT pg_get_userbyid(proowner) AS name FROM pg_proc WHERE oid = to_regprocedure($1) "
            "AND prosecdef",
            {std::string(rest.substr(0, end + 1))});
        if (!rows.empty()) return rows[0].text("name");
    }
    return {};
}

std::string become(std::string const& owner, std::string const& role, pg::Connection& connection) {
    auto const to = sql::quote_identifier(role);
    auto const what = sql::quote_identifier(owner);
    auto const rows = connection.fetch(
        "SELECT pg_has_role($1, $2, 'MEMBER') AS is_member, (SELECT rolinherit FROM pg_roles WHERE "
        "rolname = $1) AS inherits",
        {role, owner});
    auto const inherits = rows[0].boolean("inherits");
    if (rows[0].boolean("is_member")) {
        return fmt::format("put `SET ROLE {};` before this statement: `{}` is a member of it", what,
                           role);
    }
    constexpr int with_inherit = 160'000;
    if (inherits || connection.server_version() >= with_inherit) {
        return fmt::format("make `{}` a member of it: `GRANT {} TO {}{};`", role, what, to,
                           inherits ? "" : " WITH INHERIT TRUE");
    }
    return fmt::format(
        "make `{}` a member of it: `GRANT {} TO {};`, and put `SET ROLE {};` before "
        "this statement",
        role, what, to, what);
}

}  // namespace cm::history
