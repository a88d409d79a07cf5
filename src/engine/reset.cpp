// See reset.hpp.
#include "engine/reset.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "base/contains.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "engine/made_default_privileges.hpp"
#include "engine/neighbours.hpp"
#include "engine/own_schemas.hpp"
#include "engine/protection.hpp"
#include "engine/reset_refusals.hpp"
#include "history/outcome.hpp"
#include "pg/row_security.hpp"
#include "schema/scope.hpp"
#include "sql/array_literal.hpp"

namespace cm::engine {
namespace {

/// The tables of ours that lie where nothing else is ours.
void add_migrations_table(Session& session, ResetPlan& plan) {
    auto const& table = session.migrations_table.table;
    auto const is_listed =
        std::any_of(plan.objects.begin(), plan.objects.end(), [&](pg::SchemaObject const& it) {
            return it.schema == table.schema && it.name == table.name;
        });
    if (is_listed || contains(plan.schemas, table.schema) || !has_migrations_table(session)) return;
    plan.objects.push_back({.schema = table.schema,
                            .type = "table",
                            .name = table.name,
                            .identity = sql::quote(table),
                            .is_table = true,
                            .locks = 10});
}

std::vector<std::string> schemas_of(ObjectSet const& objects) {
    std::set<std::string> schemas{};
    for (auto const& it : objects) {
        if (!it.name.schema.empty()) schemas.insert(it.name.schema);
    }
    return {schemas.begin(), schemas.end()};
}

constexpr std::int64_t quickly_counted = std::int64_t{64} << 20U;  // bytes
constexpr std::size_t counted_at_once = 50;

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
        {sql::array_literal(identities)});
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
        log::swallowed("counting the rows that a reset deletes", failed);
    }
}

std::vector<pg::DropStatement> statements(Session& session, ResetPlan const& plan,
                                          int locks_at_once) {
    auto const& migrations_table = session.migrations_table.table;
    std::vector<pg::DropStatement> all{};
    auto const add = [&](std::string text, int locks) { all.push_back({std::move(text), locks}); };
    auto const drop_made = [&](BesideObject const& object) {
        auto const& made = object.made;
        auto const ends_there =
            made.kind == BesideSchemas::schema || made.kind == BesideSchemas::user_mapping;
        add(fmt::format("DROP {} IF EXISTS {}{}", sql_word(made.kind), sql_name(made),
                        ends_there ? "" : " CASCADE"),
            50);
    };
    for (auto const& object : plan.made) {
        if (object.made.kind == BesideSchemas::event_trigger) drop_made(object);
    }
    int locks = 0;
    for (auto const& object : plan.objects) locks += object.locks;
    // Beside others, which keys they have is not ours to decide.
    if (locks > locks_at_once && !plan.is_beside_others) {
        add(fmt::format("DROP TABLE IF EXISTS {} CASCADE", sql::quote(migrations_table)), 10);
        for (auto& statement : pg::foreign_key_drops(*session.connection, plan.schemas)) {
            add(std::move(statement), 10);
        }
    }
    for (auto const& it : plan.default_privileges) add(it.statement, 1);
    for (auto const& object : plan.objects) add(pg::drop_statement(object), object.locks);
    for (auto const& object : plan.made) {
        auto const kind = object.made.kind;
        if (kind != BesideSchemas::event_trigger && kind != BesideSchemas::schema) {
            drop_made(object);
        }
    }
    for (auto const& object : plan.made) {
        if (object.made.kind == BesideSchemas::schema) drop_made(object);
    }
    return all;
}

/// Sequences of the columns of these tables, which go with them.
std::set<std::string> sequences_of(pg::Connection& connection,
                                   std::vector<std::string> const& tables) {
    std::set<std::string> found{};
    if (tables.empty()) return found;
    auto const rows = connection.fetch(
        "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS identity "
        "FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class c ON c.oid = d.objid "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass "
        "AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass "
        "AND d.deptype IN ('a', 'i') AND c.relkind = 'S' AND d.refobjid IN "
        "(SELECT pg_catalog.to_regclass(t) FROM pg_catalog.unnest($1::text[]) t)",
        {sql::array_literal(tables)});
    for (std::size_t i = 0; i < rows.size(); ++i) found.insert(rows[i].text("identity"));
    return found;
}

/// Where its kind stands; none for what nothing but an index or an expression can use.
std::vector<std::string>* roots_of(pg::SchemaObject const& object, pg::DropRoots& roots) {
    auto const is_any_of = [&](std::initializer_list<std::string_view> types) {
        return std::find(types.begin(), types.end(), object.type) != types.end();
    };
    if (object.is_table ||
        is_any_of({"view", "materialized view", "sequence", "foreign table", "composite type"}))
        return &roots.relations;
    if (object.type == "type") return &roots.types;
    if (is_any_of({"function", "procedure", "aggregate"})) return &roots.routines;
    return nullptr;
}

/// What the drops would reach beyond the schemas.
void add_dependents(pg::Connection& connection, ResetPlan& plan,
                    std::vector<std::string> const& emptied) {
    pg::DropRoots roots{.schemas = emptied,
                        .extensions = names_of(plan.made, BesideSchemas::extension),
                        .servers = names_of(plan.made, BesideSchemas::server),
                        .wrappers = names_of(plan.made, BesideSchemas::wrapper),
                        .languages = names_of(plan.made, BesideSchemas::language),
                        .access_methods = names_of(plan.made, BesideSchemas::access_method)};
    std::vector<std::string> tables{};
    for (auto const& object : plan.objects) {
        if (contains(emptied, object.schema)) continue;
        if (object.is_table) tables.push_back(object.identity);
        if (auto* const list = roots_of(object, roots)) list->push_back(object.identity);
    }
    auto const sequences = sequences_of(connection, tables);
    for (auto& object : pg::outside_dependents(connection, roots)) {
        if (sequences.contains(object.identity)) continue;
        if (object.schema.starts_with("pg_temp")) continue;  // it goes with its session anyhow
        if (object.schema.empty() && contains(plan.made, object)) continue;
        auto const is_listed =
            std::any_of(plan.objects.begin(), plan.objects.end(),
                        [&](pg::SchemaObject const& it) { return it.identity == object.identity; });
        if (is_listed) continue;
        auto& list = object.schema.empty()    ? plan.beside
                     : object.part_of.empty() ? plan.outside
                                              : plan.parts;
        list.push_back(std::move(object));
    }
}

/// Only the transaction that failed was rolled back: others were committed before it.
std::size_t erase_rolled_back(Diagnostic& diagnostic) {
    return std::erase(diagnostic.notes, history::rolled_back_note);
}

[[noreturn]] void throw_half_done(Failure const& failed, std::size_t done, std::size_t all) {
    auto diagnostics = failed.diagnostics();
    auto& first = diagnostics.front();
    erase_rolled_back(first);
    first.note(
        "{} of {} transactions were committed: some objects were dropped, including the migrations "
        "table",
        done, all);
    first.help("run `cm-migrate reset` again to drop the rest");
    throw Failure(std::move(diagnostics), failed.exit_code());
}

}  // namespace

ResetPlan plan_reset(Session& session) {
    auto& connection = *session.connection;
    ResetPlan plan{};
    auto const& neighbours = know_neighbours(session);
    refuse_record_of_others(session, {});
    plan.schemas = session.project.is_drizzle ? std::vector<std::string>{} : own_schemas(session);
    auto const& external = session.project.configuration.external.tables;
    auto others = external_tables(connection, external);
    std::erase_if(others, [&](sql::QualifiedName const& table) {
        return outlives_reset(session, {.schema = table.schema, .name = table.name});
    });
    refuse_external(others, plan.schemas);
    plan.made = beside_objects(session, plan.schemas);
    if (session.project.is_drizzle) {
        std::erase_if(plan.made, [](BesideObject const& it) { return !it.is_ours; });
    } else {
        refuse_made_elsewhere(session, plan.schemas);
    }
    plan.objects = pg::schema_contents(
        connection, session.project.is_drizzle ? schemas_of(neighbours.own.made) : plan.schemas);
    auto const before = plan.objects.size();
    std::erase_if(plan.objects, [&](auto const& it) { return outlives_reset(session, it); });
    refuse_external_objects(plan.objects, session.project.configuration.external);
    auto const leaves_some = plan.objects.size() != before;
    plan.is_beside_others = leaves_some || session.project.is_drizzle;
    keep_marks(session, plan.objects);
    add_migrations_table(session, plan);
    // What others keep in the same schemas stands on what goes as if it lay elsewhere.
    add_dependents(connection, plan, leaves_some ? std::vector<std::string>{} : plan.schemas);
    auto const publications = names_of(plan.made, BesideSchemas::publication);
    plan.default_privileges =
        made_default_privileges(session.directory.migrations, pg::default_privileges(connection),
                                connection.fetch("SELECT current_user AS role")[0].text("role"));
    plan.replications = replications(connection, plan.schemas);
    std::erase_if(plan.replications, [&](auto const& it) {
        return !it.is_subscription && contains(publications, it.name);
    });
    return plan;
}

std::vector<std::string> not_made(ResetPlan const& plan) {
    std::vector<std::string> found{};
    for (auto const& object : plan.made) {
        // A managed schema is emptied either way.
        if (!object.is_ours && object.made.kind != BesideSchemas::schema) {
            found.push_back(describe(object));
        }
    }
    for (auto const& object : plan.beside) {
        found.push_back(fmt::format("{} `{}`", object.type, object.identity));
    }
    return found;
}

namespace {

std::string_view what_reaches_out(ResetPlan const& plan, bool has_strangers) {
    if (!plan.outside.empty() && plan.is_beside_others) {
        return "objects of other projects depend on what would be dropped, and would be dropped as "
               "well";
    }
    if (!plan.outside.empty()) {
        return "objects in other schemas depend on what would be dropped, and would be dropped as "
               "well";
    }
    return has_strangers ? "objects outside of any schema that no migration has created would be "
                           "dropped as well"
                         : "tables in other schemas would lose parts";
}

}  // namespace

void refuse_outside(ResetPlan const& plan, std::string_view asking) {
    auto const strangers = not_made(plan);
    if (plan.outside.empty() && plan.parts.empty() && strangers.empty()) return;
    auto diagnostic = error("CM0550", "{}", what_reaches_out(plan, !strangers.empty()));
    std::vector<std::string> notes{};
    for (auto const& it : plan.outside) {
        notes.push_back(fmt::format("{} `{}`", it.type, it.identity));
    }
    for (auto const& it : plan.parts) {
        notes.push_back(
            fmt::format("{} `{}`, which is part of `{}`", it.type, it.identity, it.part_of));
    }
    notes.insert(notes.end(), strangers.begin(), strangers.end());
    constexpr std::size_t shown = 10;
    for (std::size_t i = 0; i < std::min(shown, notes.size()); ++i) {
        diagnostic.note("{}", notes[i]);
    }
    if (notes.size() > shown) diagnostic.note("and {} more", notes.size() - shown);
    diagnostic.note("no changes were made");
    if (!plan.outside.empty() || !strangers.empty()) {
        diagnostic.help("drop them first, if they are not needed");
    }
    if (!plan.parts.empty()) {
        auto const& first = plan.parts.front();
        diagnostic.help("to keep a part, move it: `ALTER {} {} SET SCHEMA {}`",
                        pg::drop_word(first.type), first.identity,
                        sql::quote_identifier(first.schema));
    }
    throw Failure(std::move(diagnostic).help("or run {} on a terminal and confirm", asking));
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
    for (std::size_t i = 0; i < quick.size(); i += counted_at_once) {
        auto const begin = quick.begin() + static_cast<std::ptrdiff_t>(i);
        auto const count = std::min(counted_at_once, quick.size() - i);
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
    session.has_migrations_table.reset();
    session.has_record.reset();
    session.neighbours.reset();
}

void after_reset(std::function<void()> const& next) {
    try {
        next();
    } catch (Failure const& failed) {
        auto diagnostics = failed.diagnostics();
        auto& first = diagnostics.front();
        if (erase_rolled_back(first) > 0) first.note("rolled back");
        first.note("the schemas had already been emptied: their contents were dropped");
        throw Failure(std::move(diagnostics), failed.exit_code());
    }
}

}  // namespace cm::engine
