// See development.hpp.
#include "engine/development.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/preview_features.hpp"
#include "engine/bounded_reading.hpp"
#include "engine/catalog_snapshot.hpp"
#include "engine/index_builds.hpp"
#include "engine/made_comparison.hpp"
#include "engine/moments.hpp"
#include "engine/neighbours.hpp"
#include "engine/normalize.hpp"
#include "engine/type_places.hpp"
#include "history/advice.hpp"
#include "history/apply.hpp"
#include "history/migrations_table_rights.hpp"
#include "schema/diff.hpp"
#include "schema/from_dsl.hpp"
#include "schema/plan.hpp"
#include "schema/renamed.hpp"
#include "schema/renames.hpp"
#include "schema/scope.hpp"
#include "schema/uncompared.hpp"
#include "schema/with_unsaid.hpp"

namespace cm::engine {

Normalized declared_schema(dsl::DataModel const& model, std::string_view default_schema,
                           schema::ExternalObjects const& external, schema::Schema const& found,
                           Server const& server, std::vector<schema::RenameFlag> const& renames) {
    auto declared = schema::with_flags(
        schema::without_external(schema::from_dsl(model, default_schema), external), found, renames,
        default_schema);
    auto const actual = schema::renamed(found, schema::renames_to(found, declared));
    declared = schema::adapted(std::move(declared), actual,
                               dsl::has_preview_feature(model, "partialIndexes"));
    declared = with_type_places(std::move(declared), actual, default_schema, server);
    auto result = normalize(std::move(declared), actual, std::string{default_schema}, server);
    result.schema = schema::with_unsaid(std::move(result.schema), actual);
    return result;
}

Change change_between(schema::Schema const& from, schema::Schema const& to,
                      std::string const& unqualified_schema, schema::Steps renames) {
    Change change{};
    auto steps = std::move(renames);
    for (auto& step : schema::diff(from, to)) steps.push_back(std::move(step));
    change.plan = schema::plan(std::move(steps));
    change.script = schema::to_sql(change.plan, unqualified_schema);
    change.text = schema::render(change.script);
    change.bare = unqualified_schema;
    change.candidates = schema::rename_candidates(change.plan);
    return change;
}

Server server_of(Replay& replay) {
    auto const connection = [&]() -> pg::Connection& { return replay.connection(); };
    return {connection, connection, true};
}

namespace {

/// What is being built, or was left invalid, is settled or said.
CompleteState read_with_indexes(Session& session) {
    if (session.settles_indexes) return read_settled_state(session);
    auto live = read_live_state(session);
    if (!session.project.is_sql) report_index_builds(live.schema, session.progress);
    return live;
}

/// Beside a schema in SQL, which could have said everything else.
std::vector<std::string> uncompared_in(Session& session) {
    std::set<std::string> kinds{};
    read_snapshot(*session.connection, [&](sql::QueryFunction const& fetch) {
        kinds = schema::uncompared_kinds(fetch);
    });
    return {kinds.begin(), kinds.end()};
}

}  // namespace

std::optional<Drift> find_drift(Session& session, Replay& replay,
                                history::Comparison const& comparison,
                                std::vector<Unsettled>* unsettled,
                                std::vector<std::string>* never_compared) {
    // First what is there: while the migrations are replayed, a server that ends idle sessions may
    // end this one.
    auto found = read_with_indexes(session);
    auto found_beside = compare_with_replay(
        std::move(found), replay, migrations_named(session.directory, comparison.applied), session);
    auto& [expected, live, kinds, renames] = found_beside;
    if (never_compared != nullptr) {
        *never_compared = session.project.is_sql ? uncompared_in(session) : std::move(kinds);
    }
    if (!found_beside.differs()) return {};
    auto forgiven = forgive_moments(std::move(live), expected, session.directory.migrations);
    live = std::move(forgiven.live);
    if (session.progress.finding) {
        for (auto const& finding : forgiven.findings) session.progress.finding(finding);
    }
    if (!forgiven.findings.empty() && !found_beside.differs()) return {};
    if (!prints_alike(replay, session)) {
        auto normalized =
            normalize(std::move(live), expected, session.target.url.schema, server_of(replay));
        live = std::move(normalized.schema);
        if (unsettled != nullptr) *unsettled = std::move(normalized.unsettled);
        if (!found_beside.differs()) return {};
    }
    refuse_doubt(replay);
    auto const& bare = session.target.url.schema;
    return Drift{found_beside.done(bare), found_beside.undone(bare)};
}

void refuse_doubt(Replay const& replay) {
    auto const doubt = replay.unverified();
    if (!doubt) {
        return;
    }
    throw Failure(
        error("CM0543", "the database differs from what could be replayed; this may not be drift")
            .note("{}", doubt->reason)
            .help("{}", doubt->remedy),
        ExitCode::not_verified);
}

std::vector<history::MigrationRecord> prisma_entries(Session& session) {
    std::optional<std::vector<history::MigrationRecord>> entries{};
    read_bounded(*session.connection, "Prisma's migrations table", [&] {
        entries = history::read_if_there(
            {{session.migrations_table.table.schema, "_prisma_migrations"}}, *session.connection);
    });
    return std::move(entries).value_or(std::vector<history::MigrationRecord>{});
}

bool has_prisma_entries(Session& session) {
    try {
        return !prisma_entries(session).empty();
    } catch (pg::SqlError const& refused) {
        if (refused.connection_lost()) throw;
        return false;  // a role that may not read it cannot take it over either
    } catch (Failure const& failure) {
        if (failure.exit_code() == ExitCode::interrupted) throw;
        if (failure.exit_code() == ExitCode::busy) throw;
        return false;  // a table of the same name that is none
    }
}

std::optional<UnknownHistory> find_unknown_history(Session& session) {
    auto const& migrations_table = session.migrations_table.table;
    // In a database of several projects the tables are those of others.
    if (session.project.is_drizzle || session.directory.migrations.empty() || has_record(session)) {
        return {};
    }
    auto all = read_live_schema(session);
    auto const members = schema::extension_members(all);
    auto const live = schema::without_tables(std::move(all), members);
    if (live.tables.empty()) {
        return {};
    }
    // Whoever has made the tables since the record was read has recorded it with them.
    compare(session);
    if (has_record(session)) {
        return {};
    }
    return UnknownHistory{
        .migrations_table = fmt::format("{}.{}", migrations_table.schema, migrations_table.name),
        .has_migrations_table = has_migrations_table(session),
        .tables = live.tables.size(),
        .example = live.tables.begin()->first.name,
        .has_prisma_migrations_table = has_prisma_entries(session)};
}

history::Migration propose_migration(Session const& session, std::string const& name,
                                     std::string_view timestamp, std::string const& text) {
    return history::migration_of(
        path_to_open(session.project, session.project.migrations),
        history::next_name(session.directory, timestamp, history::slug(name)), text);
}

std::vector<history::Migration> with_proposed(history::Directory const& directory,
                                              history::Migration const& proposed) {
    auto all = directory.migrations;
    auto const place =
        std::upper_bound(all.begin(), all.end(), proposed.name,
                         [](std::string const& name, auto const& m) { return name < m.name; });
    all.insert(place, proposed);
    return all;
}

void prove_migration(Session& session, Replay& replay, history::Migration const& proposed) {
    auto const all = with_proposed(session.directory, proposed);
    auto const last = session.directory.migrations.empty()
                          ? std::string{}
                          : session.directory.migrations.back().name;
    try {
        replay.state_after(all);
    } catch (Failure const& failed) {
        if (failed.exit_code() != ExitCode::failed_migration) throw;
        auto diagnostics = failed.diagnostics();
        auto& first = diagnostics.front();
        first.code = "CM0566";
        if (proposed.name < last) {
            first.note("`{}` sorts after it by folder name", last);
            first.helps = {
                "create it with `--create-only`, and rename its folder so that it sorts last"};
            throw Failure(std::move(diagnostics), failed.exit_code());
        }
        if (first.facts && history::already_exists(first.facts->sqlstate)) {
            first.notes.clear();  // nobody made it by hand: this is a replay
            first.helps = {
                "give it another name in the schema file (`map: \"…\"`), or rename or drop the "
                "existing one in a migration before this one"};
            throw Failure(std::move(diagnostics), failed.exit_code());
        }
        first.helps = {
            "the schema may depend on something that exists in this database, but is not created "
            "by any migration (an extension, a schema, a function): add a migration that creates "
            "it first",
            "or create this one with `--create-only` and complete it manually"};
        throw Failure(std::move(diagnostics), failed.exit_code());
    }
}

void write_migration(Session& session, history::Migration const& proposed) {
    history::write_migration(path_to_open(session.project, session.project.migrations), proposed);
    session.directory.migrations.push_back(proposed);
}

void insert_applied(Session& session, history::Migration const& migration) {
    history::with_rights(session.migrations_table, *session.connection,
                         history::MigrationsTableUse::write, [&] {
                             session.connection->execute(history::insert_applied_statement(
                                 session.migrations_table,
                                 {history::new_id(), migration.name, migration.checksum}, 0));
                         });
}

void record_applied(Session& session, history::Migration const& migration) {
    write_bounded(*session.connection, the_migrations_table, [&] {
        prepare_database(session);
        insert_applied(session, migration);
    });
    record_migrations(session);
}

}  // namespace cm::engine
