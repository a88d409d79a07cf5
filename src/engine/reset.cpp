// See reset.hpp.
#include "engine/reset.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.hpp"
#include "engine/protection.hpp"
#include "pg/row_security.hpp"
#include "schema/scope.hpp"

namespace cm::engine {
namespace {

template <class Range, class Value>
bool contains(Range const& range, Value const& value) {
    return std::find(range.begin(), range.end(), value) != range.end();
}

/// The external tables that exist, whatever schema they lie in.
std::vector<sql::QualifiedName> external_tables(pg::Connection& connection,
                                                std::vector<std::string> const& patterns) {
    if (patterns.empty()) return {};
    auto const rows = connection.fetch(
        "SELECT n.nspname AS schema, c.relname AS name FROM pg_catalog.pg_class c "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname NOT IN ('pg_catalog', "
        "'information_schema') AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1, 2");
    std::vector<sql::QualifiedName> found{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sql::QualifiedName name{rows[i].text("schema"), rows[i].text("name")};
        if (schema::is_external(name, patterns)) found.push_back(std::move(name));
    }
    return found;
}

void refuse_external(std::vector<sql::QualifiedName> const& tables,
                     std::vector<std::string> const& schemas) {
    for (auto const& table : tables) {
        if (!contains(schemas, table.schema)) continue;
        throw Failure(
            error("CM0535", "a reset would drop the external table `{}.{}`", table.schema,
                  table.name)
                .note("`externalTables` in cm-migrate.json says that others manage it, and it lies "
                      "in a schema that is emptied")
                .help("drop what is yours by hand, or take the pattern out of cm-migrate.json if "
                      "the table may go"));
    }
}

/// Where each kind is listed.
std::string_view catalog_of(BesideSchemas kind) {
    switch (kind) {
        case BesideSchemas::schema:
            return "SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1";
        case BesideSchemas::extension:
            return "SELECT FROM pg_catalog.pg_extension WHERE extname = $1";
        case BesideSchemas::publication:
            return "SELECT FROM pg_catalog.pg_publication WHERE pubname = $1";
        case BesideSchemas::event_trigger:
            return "SELECT FROM pg_catalog.pg_event_trigger WHERE evtname = $1";
        case BesideSchemas::server:
            return "SELECT FROM pg_catalog.pg_foreign_server WHERE srvname = $1";
        case BesideSchemas::wrapper:
            break;
    }
    return "SELECT FROM pg_catalog.pg_foreign_data_wrapper WHERE fdwname = $1";
}

/// What the migrations have made, is there, and would be in their way.
std::vector<MadeBesideSchemas> made_and_there(Session& session,
                                              std::vector<std::string> const& schemas) {
    std::vector<MadeBesideSchemas> there{};
    for (auto& made : made_beside_schemas(session.directory.migrations)) {
        // The record lies there: the schema is made before the first migration.
        auto const is_own =
            made.kind == BesideSchemas::schema && made.name == session.ledger.table.schema;
        if (is_own || session.connection->fetch(catalog_of(made.kind), {made.name}).empty()) {
            continue;
        }
        if (made.kind == BesideSchemas::schema && !contains(schemas, made.name)) {
            throw Failure(
                error("CM0551", "a reset would leave the schema `{}`, which a migration makes",
                      made.name)
                    .note("`{}` would fail: the schema is not one of those that the project "
                          "manages ({})",
                          made.migration, fmt::join(schemas, ", "))
                    .note("nothing was done")
                    .help("if it belongs to the project, name it in the datasource: `schemas = "
                          "[…, \"{}\"]`",
                          made.name)
                    .help("or if all that is in it may go: `DROP SCHEMA {} CASCADE`, then run this "
                          "command again",
                          sql::quote_identifier(made.name)));
        }
        there.push_back(std::move(made));
    }
    return there;
}

bool is_there(pg::Connection& connection, sql::QualifiedName const& name) {
    return !connection
                .fetch(
                    "SELECT FROM pg_catalog.pg_namespace n WHERE n.nspname = $1 AND (EXISTS "
                    "(SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND "
                    "c.relname = $2) OR EXISTS (SELECT FROM pg_catalog.pg_type t WHERE "
                    "t.typnamespace = n.oid AND t.typname = $2))",
                    {name.schema, name.name})
                .empty();
}

/// What a migration makes in a schema that is not emptied would be in its way.
void refuse_made_elsewhere(Session& session, std::vector<std::string> const& schemas) {
    for (auto const& made : made_in_schemas(session.directory.migrations)) {
        if (contains(schemas, made.name.schema)) continue;
        if (!is_there(*session.connection, made.name)) continue;
        throw Failure(
            error("CM0551", "a reset would leave `{}.{}`, which a migration makes",
                  made.name.schema, made.name.name)
                .note("`{}` would fail: the schema `{}` is not one of those that the project "
                      "manages ({})",
                      made.migration, made.name.schema, fmt::join(schemas, ", "))
                .note("nothing was done")
                .help("if the schema belongs to the project, name it in the datasource: `schemas = "
                      "[…, \"{}\"]`",
                      made.name.schema)
                .help("or drop by hand what the migrations make there, then run this command "
                      "again"));
    }
}

std::vector<std::string> names_of(std::vector<MadeBesideSchemas> const& made, BesideSchemas kind) {
    std::vector<std::string> names{};
    for (auto const& one : made) {
        if (one.kind == kind) names.push_back(one.name);
    }
    return names;
}

/// The tables of ours that lie where nothing else is ours.
void add_ledger(Session& session, ResetPlan& plan) {
    auto const& table = session.ledger.table;
    if (contains(plan.schemas, table.schema) || !has_ledger(session)) return;
    plan.objects.push_back({.schema = table.schema,
                            .type = "table",
                            .name = table.name,
                            .identity = sql::quote(table),
                            .is_table = true,
                            .locks = 10});
}

constexpr std::int64_t quickly_counted = std::int64_t{64} << 20U;  // bytes
constexpr std::size_t tables_at_once = 50;

struct TableSize {
    std::int64_t bytes{};
    std::int64_t estimate{};
};

std::vector<TableSize> sizes_of(pg::Connection& connection,
                                std::vector<pg::SchemaObject> const& tables) {
    std::vector<std::string> identities{};
    for (auto const& table : tables) identities.push_back(table.identity);
    auto const rows = connection.fetch(
        "SELECT c.relpages::bigint * pg_catalog.current_setting('block_size')::bigint AS bytes, "
        "c.reltuples::bigint AS estimate FROM pg_catalog.unnest($1::text[]) WITH ORDINALITY AS t "
        "(identity, place) LEFT JOIN pg_catalog.pg_class c ON c.oid = "
        "pg_catalog.to_regclass(t.identity) ORDER BY t.place",
        {pg::text_array(identities)});
    std::vector<TableSize> sizes{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sizes.push_back({rows[i].integer("bytes"), rows[i].integer("estimate")});
    }
    return sizes;
}

/// Counts the rows of some tables; leaves the estimates where somebody holds a lock.
void count_exactly(pg::Connection& connection, std::vector<pg::SchemaObject> const& tables,
                   std::vector<std::size_t> const& places, std::vector<RowCount>& counts) {
    std::string query{};
    for (auto const place : places) {
        query += fmt::format("{}SELECT {} AS place, count(*) AS rows FROM ONLY {}",
                             query.empty() ? "" : " UNION ALL ", place, tables[place].identity);
    }
    try {
        auto const rows = pg::fetch_all_rows(connection, "SET LOCAL lock_timeout = '1s';" + query);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto const place = static_cast<std::size_t>(rows[i].integer("place"));
            counts[place] = {rows[i].integer("rows"), false};
        }
    } catch (pg::SqlError const& failed) {
        if (failed.connection_lost()) throw;
    }
}

std::vector<pg::DropStatement> statements(Session& session, ResetPlan const& plan,
                                          int locks_at_once) {
    auto const& ledger = session.ledger.table;
    std::vector<pg::DropStatement> all{};
    auto const add = [&](std::string text, int locks) { all.push_back({std::move(text), locks}); };
    auto const drop_made = [&](MadeBesideSchemas const& made) {
        add(fmt::format("DROP {} IF EXISTS {}{}", sql_word(made.kind),
                        sql::quote_identifier(made.name),
                        made.kind == BesideSchemas::schema ? "" : " CASCADE"),
            50);
    };
    for (auto const& made : plan.made) {
        if (made.kind == BesideSchemas::event_trigger) drop_made(made);
    }
    int locks = 0;
    for (auto const& object : plan.objects) locks += object.locks;
    if (locks > locks_at_once) {
        add(fmt::format("DROP TABLE IF EXISTS {} CASCADE", sql::quote(ledger)), 10);
        for (auto& statement : pg::foreign_key_drops(*session.connection, plan.schemas)) {
            add(std::move(statement), 10);
        }
    }
    for (auto const& object : plan.objects) add(pg::drop_statement(object), object.locks);
    for (auto const& made : plan.made) {
        if (made.kind != BesideSchemas::event_trigger && made.kind != BesideSchemas::schema) {
            drop_made(made);
        }
    }
    for (auto const& made : plan.made) {
        if (made.kind == BesideSchemas::schema) drop_made(made);
    }
    return all;
}

/// Something that the migrations have made. PostgreSQL quotes a name where it has to.
bool is_made(std::vector<MadeBesideSchemas> const& made, pg::OutsideObject const& object) {
    return std::any_of(made.begin(), made.end(), [&](auto const& it) {
        auto const word = it.kind == BesideSchemas::wrapper ? std::string{"foreign-data wrapper"}
                                                            : to_lower(sql_word(it.kind));
        return word == object.type &&
               (it.name == object.identity || sql::quote_identifier(it.name) == object.identity);
    });
}

/// What the drops would reach beyond the schemas.
void add_dependents(pg::Connection& connection, ResetPlan& plan) {
    pg::DropRoots roots{.schemas = plan.schemas,
                        .extensions = names_of(plan.made, BesideSchemas::extension),
                        .servers = names_of(plan.made, BesideSchemas::server),
                        .wrappers = names_of(plan.made, BesideSchemas::wrapper)};
    for (auto const& object : plan.objects) {
        if (!contains(plan.schemas, object.schema)) roots.tables.push_back(object.identity);
    }
    for (auto& object : pg::outside_dependents(connection, roots)) {
        if (object.schema.starts_with("pg_temp")) continue;  // it goes with its session anyhow
        if (object.schema.empty() && is_made(plan.made, object)) continue;
        auto& list = object.schema.empty()    ? plan.beside
                     : object.part_of.empty() ? plan.outside
                                              : plan.parts;
        list.push_back(std::move(object));
    }
}

/// Only the transaction that failed is as it was before.
void erase_as_before(Diagnostic& diagnostic) {
    std::erase_if(diagnostic.notes, [](std::string const& note) {
        return note.find("as it was before") != std::string::npos;
    });
}

[[noreturn]] void throw_half_done(Failure const& failed, std::size_t done, std::size_t all) {
    auto diagnostics = failed.diagnostics();
    auto& first = diagnostics.front();
    erase_as_before(first);
    first.note(
        "{} of the {} transactions that this takes were committed: part of the objects is gone, "
        "and "
        "the record of migrations with them",
        done, all);
    first.help("run `cm-migrate reset` again: it drops the rest");
    throw Failure(std::move(diagnostics), failed.exit_code());
}

}  // namespace

ResetPlan plan_reset(Session& session) {
    auto& connection = *session.connection;
    ResetPlan plan{};
    plan.schemas = managed_schemas(session.datasource, session.target.url);
    auto const& external = session.project.configuration.external.tables;
    refuse_external(external_tables(connection, external), plan.schemas);
    plan.made = made_and_there(session, plan.schemas);
    refuse_made_elsewhere(session, plan.schemas);
    plan.objects = pg::schema_contents(connection, plan.schemas);
    keep_marks(session, plan.objects);
    add_ledger(session, plan);
    add_dependents(connection, plan);
    auto const publications = names_of(plan.made, BesideSchemas::publication);
    plan.replications = replications(connection, plan.schemas);
    std::erase_if(plan.replications, [&](auto const& it) {
        return !it.is_subscription && contains(publications, it.name);
    });
    return plan;
}

void refuse_outside(ResetPlan const& plan, std::string_view asking) {
    if (plan.outside.empty() && plan.parts.empty()) return;
    auto diagnostic =
        plan.outside.empty()
            ? error("CM0550", "tables of other schemas would lose what is part of them")
            : error("CM0550",
                    "objects of other schemas depend on what would be dropped, and "
                    "would go as well");
    std::vector<std::string> notes{};
    for (auto const& it : plan.outside) {
        notes.push_back(fmt::format("{} `{}`", it.type, it.identity));
    }
    for (auto const& it : plan.parts) {
        notes.push_back(
            fmt::format("{} `{}`, which is part of `{}`", it.type, it.identity, it.part_of));
    }
    constexpr std::size_t shown = 10;
    for (std::size_t i = 0; i < std::min(shown, notes.size()); ++i) {
        diagnostic.note("{}", notes[i]);
    }
    if (notes.size() > shown) diagnostic.note("and {} more", notes.size() - shown);
    diagnostic.note("nothing was done");
    if (!plan.outside.empty()) diagnostic.help("drop them first, if they may go");
    if (!plan.parts.empty()) {
        auto const& first = plan.parts.front();
        diagnostic.help("to keep a part, move it: `ALTER {} {} SET SCHEMA {}`",
                        pg::drop_word(first.type), first.identity,
                        sql::quote_identifier(first.schema));
    }
    throw Failure(std::move(diagnostic).help("or run {} on a terminal: it asks", asking));
}

std::vector<RowCount> count_rows(pg::Connection& connection,
                                 std::vector<pg::SchemaObject> const& objects) {
    std::vector<pg::SchemaObject> tables{};
    std::copy_if(objects.begin(), objects.end(), std::back_inserter(tables),
                 [](auto const& object) { return object.is_table; });
    if (tables.empty()) return {};
    auto const sizes = sizes_of(connection, tables);
    std::vector<RowCount> counts(tables.size());
    std::vector<std::size_t> quick{};
    for (std::size_t i = 0; i < tables.size(); ++i) {
        if (sizes[i].estimate >= 0) counts[i] = {sizes[i].estimate, true};
        if (sizes[i].bytes <= quickly_counted) quick.push_back(i);
    }
    for (std::size_t i = 0; i < quick.size(); i += tables_at_once) {
        auto const begin = quick.begin() + static_cast<std::ptrdiff_t>(i);
        auto const count = std::min(tables_at_once, quick.size() - i);
        count_exactly(connection, tables, {begin, begin + static_cast<std::ptrdiff_t>(count)},
                      counts);
    }
    return counts;
}

void reset(Session& session, ResetPlan const& plan, ApplySettings const& settings,
           ApplyEvents const& events) {
    auto const locks = pg::locks_to_spare(*session.connection);
    auto const scripts = pg::in_batches(statements(session, plan, locks), locks);
    for (std::size_t done = 0; done < scripts.size(); ++done) {
        try {
            apply_script(session, "reset", scripts[done], settings, events);
        } catch (Failure const& failed) {
            if (done == 0) throw;
            throw_half_done(failed, done, scripts.size());
        }
    }
    session.has_ledger.reset();
}

void after_reset(std::function<void()> const& next) {
    try {
        next();
    } catch (Failure const& failed) {
        auto diagnostics = failed.diagnostics();
        auto& first = diagnostics.front();
        auto const notes = first.notes.size();
        erase_as_before(first);
        if (first.notes.size() < notes) first.note("PostgreSQL undid all of it");
        first.note("the schemas had been emptied before: what was in them is gone");
        throw Failure(std::move(diagnostics), failed.exit_code());
    }
}

}  // namespace cm::engine
