// See beside_objects.hpp.
#include "engine/beside_objects.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "engine/bounded_reading.hpp"
#include "engine/development.hpp"

namespace cm::engine {
namespace {

/// FROM and WHERE of the catalog that lists them, by their two names; `x` is its row.
std::string_view found_in(BesideSchemas kind) {
    switch (kind) {
        case BesideSchemas::schema:
            return "pg_namespace x WHERE x.nspname = $1 AND $2 = ''";
        case BesideSchemas::extension:
            return "pg_extension x WHERE x.extname = $1 AND $2 = ''";
        case BesideSchemas::publication:
            return "pg_publication x WHERE x.pubname = $1 AND $2 = ''";
        case BesideSchemas::event_trigger:
            return "pg_event_trigger x WHERE x.evtname = $1 AND $2 = ''";
        case BesideSchemas::server:
            return "pg_foreign_server x WHERE x.srvname = $1 AND $2 = ''";
        case BesideSchemas::wrapper:
            return "pg_foreign_data_wrapper x WHERE x.fdwname = $1 AND $2 = ''";
        case BesideSchemas::language:
            // One that an extension brings goes with it.
            return "pg_language x WHERE x.lanname = $1 AND $2 = '' AND NOT EXISTS (SELECT FROM "
                   "pg_catalog.pg_depend d WHERE d.classid = "
                   "'pg_catalog.pg_language'::pg_catalog.regclass AND d.objid = x.oid AND "
                   "d.deptype = 'e')";
        case BesideSchemas::access_method:
            return "pg_am x WHERE x.amname = $1 AND $2 = ''";
        case BesideSchemas::cast:
            return "pg_cast x WHERE x.castsource = pg_catalog.to_regtype($1) AND x.casttarget = "
                   "pg_catalog.to_regtype($2)";
        case BesideSchemas::transform:
            return "pg_transform x JOIN pg_catalog.pg_language l ON l.oid = x.trflang WHERE "
                   "x.trftype = pg_catalog.to_regtype($1) AND l.lanname = $2";
        case BesideSchemas::user_mapping:
            break;
    }
    // The view shows what the catalog, with its options, does not let everybody see.
    return "pg_user_mappings v CROSS JOIN LATERAL (SELECT v.umid AS oid) x WHERE v.srvname = $2 "
           "AND v.usename = CASE WHEN pg_catalog.upper($1) IN ('USER', 'CURRENT_USER', "
           "'CURRENT_ROLE', 'SESSION_USER') THEN CURRENT_USER WHEN pg_catalog.lower($1) = 'public' "
           "THEN 'public' ELSE (pg_catalog.parse_ident($1))[1] END";
}

std::string_view catalog_of(BesideSchemas kind) {
    if (kind == BesideSchemas::user_mapping) return "pg_user_mapping";
    auto const from = found_in(kind);
    return from.substr(0, from.find(' '));
}

/// As pg_identify_object names it; none if it is not there.
std::optional<std::string> identity_of(pg::Connection& connection, MadeBesideSchemas const& made) {
    auto const rows = connection.fetch(
        fmt::format("SELECT (pg_catalog.pg_identify_object('pg_catalog.{}'::pg_catalog.regclass, "
                    "x.oid, 0)).identity AS identity FROM pg_catalog.{}",
                    catalog_of(made.kind), found_in(made.kind)),
        {made.name, made.other});
    return rows.empty() ? std::nullopt : std::optional{rows[0].text("identity")};
}

/// Our record, or Prisma's; nothing if there is none that can be read.
std::vector<history::MigrationRecord> recorded(Session& session) {
    try {
        std::optional<std::vector<history::MigrationRecord>> entries{};
        read_bounded(*session.connection, the_migrations_table, [&] {
            entries = history::read_if_there(session.migrations_table, *session.connection);
        });
        return entries ? std::move(*entries) : prisma_entries(session);
    } catch (pg::SqlError const& refused) {
        if (refused.connection_lost()) throw;
    } catch (Failure const& failure) {
        auto const code = failure.exit_code();
        if (code == ExitCode::interrupted || code == ExitCode::busy) throw;
    }
    return {};
}

/// The migrations that have been carried out here, at least in part: what `baseline` or `resolve`
/// recorded was made by others.
std::vector<history::Migration> carried_out(Session& session) {
    std::vector<std::string> names{};
    for (auto& entry : recorded(session)) {
        if (!entry.is_rolled_back && entry.applied_steps_count > 0) {
            names.push_back(std::move(entry.migration_name));
        }
    }
    return migrations_named(session.directory, names);
}

[[noreturn]] void throw_unmanaged(MadeBesideSchemas const& made,
                                  std::vector<std::string> const& schemas) {
    throw Failure(
        error("CM0551", "a reset would not drop the schema `{}`, which a migration creates",
              made.name)
            .note("`{}` would fail: the schema is not one of those that the project manages ({})",
                  made.migration, fmt::join(schemas, ", "))
            .note("no changes were made")
            .help("if it belongs to the project, list it in the datasource: `schemas = […, "
                  "\"{}\"]`",
                  made.name)
            .help("or if everything in it may be dropped: `DROP SCHEMA {} CASCADE`, then run this "
                  "command "
                  "again",
                  sql::quote_identifier(made.name)));
}

std::string type_of(BesideSchemas kind) {
    return kind == BesideSchemas::wrapper ? "foreign-data wrapper" : to_lower(sql_word(kind));
}

}  // namespace

bool operator==(BesideObject const& it, pg::OutsideObject const& object) {
    return type_of(it.made.kind) == object.type && it.identity == object.identity;
}

std::vector<BesideObject> beside_objects(Session& session,
                                         std::vector<std::string> const& schemas) {
    auto all = made_beside_schemas(session.directory.migrations);
    if (all.empty()) return {};
    auto const ours = left_beside_schemas(carried_out(session));
    std::vector<BesideObject> there{};
    for (auto& made : all) {
        // The record lies there: the schema is made before the first migration.
        if (made.kind == BesideSchemas::schema &&
            made.name == session.migrations_table.table.schema) {
            continue;
        }
        auto identity = identity_of(*session.connection, made);
        if (!identity) continue;
        if (made.kind == BesideSchemas::schema &&
            std::find(schemas.begin(), schemas.end(), made.name) == schemas.end()) {
            throw_unmanaged(made, schemas);
        }
        auto const is_ours = std::any_of(ours.begin(), ours.end(), [&](auto const& other) {
            return other.kind == made.kind && other.name == made.name && other.other == made.other;
        });
        there.push_back({std::move(made), std::move(*identity), is_ours});
    }
    return there;
}

std::vector<std::string> names_of(std::vector<BesideObject> const& objects, BesideSchemas kind) {
    std::vector<std::string> names{};
    for (auto const& object : objects) {
        if (object.made.kind == kind) names.push_back(object.made.name);
    }
    return names;
}

std::string describe(BesideObject const& object) {
    return fmt::format("{} `{}`", type_of(object.made.kind), object.identity);
}

}  // namespace cm::engine
