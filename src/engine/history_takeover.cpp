// See history_takeover.hpp.
#include "engine/history_takeover.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/apply_pending.hpp"
#include "engine/resolve.hpp"
#include "history/ledger_rights.hpp"
#include "schema/diff.hpp"

namespace cm::engine {
namespace {

history::Ledger prismas_ledger(Session const& session) {
    return {{session.ledger.table.schema, "_prisma_migrations"}};
}

void refuse_unless_new(Session& session) {
    if (session.ledger.table.name == "_prisma_migrations") {
        throw Failure(error("CM0525", "the project goes on with Prisma's record already")
                          .note("`migrationsTable` in cm-migrate.json says so")
                          .help("to have a record of its own, take the setting out first"));
    }
    if (!history::read(session.ledger, *session.connection).empty()) {
        throw Failure(
            error("CM0525", "the database has a history already, in `{}.{}`",
                  session.ledger.table.schema, session.ledger.table.name)
                .help(
                    "`cm-migrate status` compares it with the folder; there is nothing to adopt"));
    }
}

/// What was applied must be what the folder holds.
void refuse_other_folder(history::Comparison const& comparison) {
    if (comparison.edited.empty() && comparison.missing.empty()) {
        return;
    }
    auto diagnostic = error("CM0526", "the folder does not hold what Prisma has applied");
    for (auto const& name : comparison.edited) {
        diagnostic.note("`{}` was edited after it had been applied", name);
    }
    for (auto const& name : comparison.missing) {
        diagnostic.note("`{}` is applied, but is not in the folder", name);
    }
    throw Failure(std::move(diagnostic)
                      .help("put the folder in order, then run the command again")
                      .help("or take the record over as it is with `--force`"),
                  ExitCode::drift);
}

}  // namespace

std::vector<std::string> adopt(Session& session, bool force) {
    refuse_unless_new(session);
    auto const theirs = prismas_ledger(session);
    auto const entries = history::read(theirs, *session.connection);
    if (entries.empty()) {
        throw Failure(error("CM0524", "there is no record of Prisma's in this database")
                          .note("there is no table `{}.{}`, or it is empty", theirs.table.schema,
                                theirs.table.name)
                          .help("for a database that was made by other means: `cm-migrate "
                                "baseline`"));
    }
    auto const comparison = history::compare(session.directory, entries);
    if (!force) {
        refuse_other_folder(comparison);
    }
    constexpr std::string_view columns =
        "id, checksum, finished_at, migration_name, logs, rolled_back_at, started_at, "
        "applied_steps_count";
    // Old or repaired tables of Prisma's let these two be NULL.
    constexpr std::string_view values =
        "id, checksum, finished_at, migration_name, logs, rolled_back_at, "
        "coalesce(started_at, finished_at, rolled_back_at, now()), coalesce(applied_steps_count, "
        "0)";
    pg::Transaction transaction{*session.connection};
    session.connection->execute(history::create_table_statement(session.ledger));
    session.connection->execute(fmt::format("INSERT INTO {} ({}) SELECT {} FROM {}",
                                            sql::quote(session.ledger.table), columns, values,
                                            sql::quote(theirs.table)));
    transaction.commit();
    return comparison.applied;
}

Baseline plan_baseline(Session& session, std::optional<std::string> const& to) {
    auto const comparison = compare(session);
    refuse_failed(comparison);
    auto all = session.directory.migrations;
    if (to) {
        auto const last = migration_called(*to);
        require_migration(session, last);
        auto const found = std::find_if(
            all.begin(), all.end(), [&](history::Migration const& m) { return m.name == last; });
        all.erase(found + 1, all.end());
    }
    Baseline baseline{};
    std::copy_if(all.begin(), all.end(), std::back_inserter(baseline.migrations),
                 [&](history::Migration const& m) {
                     return std::find(comparison.pending.begin(), comparison.pending.end(),
                                      m.name) != comparison.pending.end();
                 });
    auto const live = read_live_schema(session);
    Replay replay{session};
    auto const expected = replay.state_after(all);
    if (!schema::diff(expected, live).empty()) {
        refuse_doubt(replay);
        baseline.difference = change_between(expected, live, session.target.url.schema);
    }
    return baseline;
}

void record_baseline(Session& session, Baseline const& baseline) {
    prepare_database(session);
    pg::Transaction transaction{*session.connection};
    history::with_rights(session.ledger, *session.connection, history::LedgerUse::write, [&] {
        for (auto const& migration : baseline.migrations) {
            session.connection->execute(history::insert_applied_statement(
                session.ledger, {history::new_id(), migration.name, migration.checksum}, 0));
        }
    });
    transaction.commit();
}

}  // namespace cm::engine
