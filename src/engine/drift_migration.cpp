// See drift_migration.hpp.
#include "engine/drift_migration.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "engine/catalog_snapshot.hpp"
#include "engine/prerequisites.sql.hpp"
#include "schema/catalog_query.hpp"
#include "schema/pull/notes.hpp"

namespace cm::engine {
namespace {

struct Prerequisite {
    std::string kind{};
    std::string schema{};
    std::string identity{};
    std::string statement{};
};

/// What the database has at one moment.
struct Beside {
    std::vector<Prerequisite> prerequisites{};
    std::vector<schema::Unmanaged> unmanaged{};
};

Beside read_beside(Session& session) {
    auto const schemas = managed_schemas(session.project, session.datasource, session.target.url);
    Beside found{};
    read_snapshot(*session.connection, [&](sql::QueryFunction const& fetch) {
        found = {};
        auto const rows = fetch(schema::with_schemas(sql_text::engine_prerequisites, schemas));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            found.prerequisites.push_back({rows[i].text("kind"), rows[i].text("schema"),
                                           rows[i].text("identity"), rows[i].text("statement")});
        }
        found.unmanaged = schema::unmanaged_in_database(fetch, schemas);
    });
    return found;
}

/// By the text of its name: where a schema is missing, to_regtype and its like fail.
std::string presence_of(Prerequisite const& it) {
    std::string_view const catalog =
        it.kind == "extension" ? "pg_catalog.pg_extension WHERE pg_catalog.quote_ident(extname)"
        : it.kind == "function"
            ? "pg_catalog.pg_proc WHERE oid::pg_catalog.regprocedure::pg_catalog.text"
        : it.kind == "type"
            ? "pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE "
              "pg_catalog.format('%I.%I', n.nspname, t.typname)"
            : "pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
              "WHERE "
              "pg_catalog.format('%I.%I', n.nspname, c.relname)";
    return fmt::format("EXISTS (SELECT FROM {} = {})", catalog,
                       sql::quote_portable_literal(it.identity));
}

/// Those that the migrations before do not make.
std::vector<Prerequisite> missing_in(pg::Connection& replayed, std::vector<Prerequisite> all) {
    if (all.empty()) return all;
    std::vector<std::string> answers{};
    for (auto const& it : all) answers.push_back(presence_of(it));
    pg::Transaction const undone{replayed, "BEGIN; " + reading_settings()};
    auto const rows = replayed.fetch(
        fmt::format("SELECT ARRAY[{}]::pg_catalog.text[] AS present", fmt::join(answers, ", ")));
    auto const present = rows[0].text_array("present");
    std::vector<Prerequisite> missing{};
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (present[i] != "true" && present[i] != "t") missing.push_back(std::move(all[i]));
    }
    return missing;
}

std::string text_of(std::vector<Prerequisite> const& missing, std::string_view own_schema) {
    if (missing.empty()) return {};
    std::set<std::string> schemas{};
    auto has_functions = false;
    for (auto const& it : missing) {
        if (it.schema != own_schema && it.schema != "public") schemas.insert(it.schema);
        has_functions |= it.kind == "function";
    }
    std::string text = "-- What the tables depend on, but the schema language cannot express\n";
    for (auto const& schema : schemas) {
        text += fmt::format("CREATE SCHEMA IF NOT EXISTS {};\n", sql::quote_identifier(schema));
    }
    // Functions may name tables that are yet to come.
    if (has_functions) text += "SET LOCAL check_function_bodies = off;\n";
    for (auto const& it : missing) text += it.statement + ";\n";
    return text;
}

/// The indexes that the migration makes with their conditions.
std::set<sql::QualifiedName> partial_indexes(schema::Steps const& plan) {
    std::set<sql::QualifiedName> made{};
    for (auto const& step : plan) {
        auto const* const create = std::get_if<schema::Create<object::Index>>(&step);
        if (create != nullptr && create->object.predicate) made.insert(create->object.name);
    }
    return made;
}

/// What the schema language does say by now, or the migration makes beside it.
void erase_kept(std::vector<schema::Unmanaged>& unmanaged, Session const& session,
                std::vector<Prerequisite> const& kept, schema::Steps const& plan) {
    auto const partial = partial_indexes(plan);
    auto const own = own_tables(session.project);
    std::set<std::pair<std::string, std::string>> made{};
    for (auto const& it : kept) {
        auto const name = it.identity.substr(0, it.identity.find('('));
        made.emplace(it.schema, name.substr(name.rfind('.') + 1));
    }
    std::erase_if(unmanaged, [&](schema::Unmanaged const& it) {
        auto const is_made =
            it.table.empty() && (made.contains({it.schema, it.name}) ||
                                 made.contains({it.schema, sql::quote_identifier(it.name)}));
        auto const is_written =
            it.kind == "generated column" ||
            (it.kind == "partial index" && partial.contains({it.schema, it.name}));
        return std::find(own.begin(), own.end(), it.table) != own.end() || is_made || is_written;
    });
    for (auto& it : unmanaged) {
        if (it.kind == "identity column") it.kind = "identity column, which becomes SERIAL";
    }
}

std::string listed(std::vector<schema::Unmanaged> const& left_out) {
    if (left_out.empty()) return {};
    std::string text =
        "-- Not in this migration, because the schema language cannot express it (if other "
        "databases\n"
        "-- need it, add it in a separate migration):\n";
    for (auto const& line : schema::notes_of(left_out)) text += fmt::format("--   {}\n", line);
    return text + "\n";
}

/// Domains and functions may be about enums of ours, which come first.
std::string with_prerequisites(schema::Script const& script, std::string const& prerequisites) {
    auto const comes_first = [](schema::Statement const& statement) {
        auto const& title = statement.written.title;
        return title.empty() || title == "CreateSchema" || title == "CreateExtension" ||
               title == "CreateEnum";
    };
    auto const rest = std::find_if_not(script.begin(), script.end(), comes_first);
    std::string text{};
    for (auto const& part : {schema::render(schema::Script(script.begin(), rest)), prerequisites,
                             schema::render(schema::Script(rest, script.end()))}) {
        if (part.empty()) continue;
        if (!text.empty()) text += "\n";
        text += part;
    }
    return text;
}

}  // namespace

DriftMigration drift_migration(Session& session, Replay& replay, Change const& made) {
    if (session.project.is_sql) return {made.text, {}};  // all of it is compared
    auto beside = read_beside(session);
    auto const kept = missing_in(replay.connection(), std::move(beside.prerequisites));
    auto text = with_prerequisites(made.script, text_of(kept, session.target.url.schema));
    if (!session.directory.migrations.empty()) return {std::move(text), {}};
    erase_kept(beside.unmanaged, session, kept, made.plan);
    return {listed(beside.unmanaged) + text, std::move(beside.unmanaged)};
}

}  // namespace cm::engine
