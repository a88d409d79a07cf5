// See development.hpp.
#include "engine/development.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsl/preview_features.hpp"
#include "engine/bounded_reading.hpp"
#include "engine/index_builds.hpp"
#include "engine/moments.hpp"
#include "engine/normalise.hpp"
#include "engine/type_places.hpp"
#include "history/apply.hpp"
#include "history/ledger_rights.hpp"
#include "schema/diff.hpp"
#include "schema/from_dsl.hpp"
#include "schema/plan.hpp"
#include "schema/scope.hpp"

namespace cm::engine {

Normalised declared_schema(dsl::DataModel const& model, std::string_view default_schema,
                           schema::ExternalObjects const& external, schema::Schema const& actual,
                           Server const& server) {
    auto declared =
        schema::adapted(schema::without_external(schema::from_dsl(model, default_schema), external),
                        actual, dsl::has_preview_feature(model, "partialIndexes"));
    declared = with_type_places(std::move(declared), actual, default_schema, server);
    return normalise(std::move(declared), actual, std::string{default_schema}, server);
}

Change change_between(schema::Schema const& from, schema::Schema const& to,
                      std::string const& unqualified_schema) {
    Change change{};
    change.plan = schema::plan(schema::diff(from, to));
    change.script = schema::to_sql(change.plan, unqualified_schema);
    change.text = schema::render(change.script);
    return change;
}

Server server_of(Replay& replay) {
    auto const connection = [&]() -> pg::Connection& { return replay.connection(); };
    return {connection, connection, true};
}

namespace {

/// What is being built, or was left invalid, is settled or said.
schema::Schema read_with_indexes(Session& session, std::vector<std::string>* never_compared) {
    if (session.settles_indexes) return read_settled_schema(session);
    auto live = read_live_schema(session, never_compared);
    report_index_builds(live, session.progress);
    return live;
}

}  // namespace

std::optional<Drift> find_drift(Session& session, Replay& replay,
                                history::Comparison const& comparison,
                                std::vector<Unsettled>* unsettled,
                                std::vector<std::string>* never_compared) {
    // First what is there: while the migrations are replayed, a server that ends idle sessions may
    // end this one.
    auto live = read_with_indexes(session, never_compared);
    auto const expected =
        replay.state_after(migrations_named(session.directory, comparison.applied));
    if (schema::diff(expected, live).empty()) {
        return {};
    }
    auto forgiven = forgive_moments(std::move(live), expected, session.directory.migrations);
    live = std::move(forgiven.live);
    if (session.progress.finding) {
        for (auto const& finding : forgiven.findings) session.progress.finding(finding);
    }
    if (!forgiven.findings.empty() && schema::diff(expected, live).empty()) return {};
    // Servers of two versions may print one expression in two ways.
    constexpr int of_one_major = 10000;
    auto const printed_by = replay.server_version();
    if (printed_by &&
        *printed_by / of_one_major != session.connection->server_version() / of_one_major) {
        auto normalised =
            normalise(std::move(live), expected, session.target.url.schema, server_of(replay));
        live = std::move(normalised.schema);
        if (unsettled != nullptr) *unsettled = std::move(normalised.unsettled);
        if (schema::diff(expected, live).empty()) return {};
    }
    refuse_doubt(replay);
    auto const& bare = session.target.url.schema;
    return Drift{change_between(expected, live, bare), change_between(live, expected, bare)};
}

void refuse_doubt(Replay const& replay) {
    auto const doubt = replay.unverified();
    if (!doubt) {
        return;
    }
    throw Failure(
        error("CM0543",
              "the database differs from what could be replayed, which may be no drift at all")
            .note("{}", doubt->reason)
            .help("{}", doubt->remedy),
        ExitCode::not_verified);
}

Change next_change(Session& session, Replay& replay, dsl::DataModel const& model) {
    auto const from = replay.state_after(session.directory.migrations);
    auto const to =
        declared_schema(model, session.target.url.schema, session.project.configuration.external,
                        from, server_of(replay));
    auto change = change_between(from, to.schema, session.target.url.schema);
    change.unsettled = to.unsettled;
    return change;
}

std::vector<history::LedgerEntry> prisma_entries(Session& session) {
    std::optional<std::vector<history::LedgerEntry>> entries{};
    read_bounded(*session.connection, "Prisma's migrations table", [&] {
        entries = history::read_if_there({{session.ledger.table.schema, "_prisma_migrations"}},
                                         *session.connection);
    });
    return std::move(entries).value_or(std::vector<history::LedgerEntry>{});
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
    auto const& ledger = session.ledger.table;
    if (session.directory.migrations.empty() || has_ledger(session)) {
        return {};
    }
    auto all = read_live_schema(session);
    auto const members = schema::extension_members(all);
    auto const live = schema::without_tables(std::move(all), members);
    if (live.tables.empty()) {
        return {};
    }
    return UnknownHistory{.ledger = fmt::format("{}.{}", ledger.schema, ledger.name),
                          .tables = live.tables.size(),
                          .example = live.tables.begin()->first.name,
                          .has_prisma_ledger = has_prisma_entries(session)};
}

bool is_as_declared(Session& session, Replay& replay, dsl::DataModel const& model) {
    auto const live = read_live_schema(session);
    auto const declared =
        declared_schema(model, session.target.url.schema, session.project.configuration.external,
                        live, server_of(replay));
    return schema::diff(live, declared.schema).empty();
}

history::Migration propose_migration(Session const& session, std::string const& name,
                                     std::string_view timestamp, std::string const& text) {
    return history::migration_of(
        opened(session.project, session.project.migrations),
        history::next_name(session.directory, timestamp, history::slug(name)), text);
}

void prove_migration(Session& session, Replay& replay, history::Migration const& proposed) {
    auto all = session.directory.migrations;
    // Where it will be read: names without a time stamp may come after it.
    auto const place =
        std::upper_bound(all.begin(), all.end(), proposed.name,
                         [](std::string const& name, auto const& m) { return name < m.name; });
    auto const last = all.empty() ? std::string{} : all.back().name;
    all.insert(place, proposed);
    try {
        replay.state_after(all);
    } catch (Failure const& failed) {
        if (failed.exit_code() != ExitCode::failed_migration) throw;
        auto diagnostics = failed.diagnostics();
        auto& first = diagnostics.front();
        first.code = "CM0566";
        if (proposed.name < last) {
            first.note("`{}` comes after it in the order of the folders' names", last);
            first.helps = {
                "write it with `--create-only`, and rename its folder so that it comes last"};
            throw Failure(std::move(diagnostics), failed.exit_code());
        }
        auto const is_taken = first.message.find("already exists") != std::string::npos;
        if (is_taken) {
            first.notes.clear();  // nobody made it by hand: this is a replay
            first.helps = {
                "give it another name in the schema file (`map: \"…\"`), or rename or drop the one "
                "that is there in a migration before this one"};
            throw Failure(std::move(diagnostics), failed.exit_code());
        }
        first.helps = {
            "the schema may rely on something that this database has and no migration creates (an "
            "extension, a schema, a function): let a migration create it first",
            "or write this one with `--create-only` and complete it by hand"};
        throw Failure(std::move(diagnostics), failed.exit_code());
    }
}

void write_migration(Session& session, history::Migration const& proposed) {
    history::write_migration(opened(session.project, session.project.migrations), proposed);
    session.directory.migrations.push_back(proposed);
}

void insert_applied(Session& session, history::Migration const& migration) {
    history::with_rights(session.ledger, *session.connection, history::LedgerUse::write, [&] {
        session.connection->execute(history::insert_applied_statement(
            session.ledger, {history::new_id(), migration.name, migration.checksum}, 0));
    });
}

void record_applied(Session& session, history::Migration const& migration) {
    write_bounded(*session.connection, migrations_table, [&] {
        prepare_database(session);
        insert_applied(session, migration);
    });
}

}  // namespace cm::engine
