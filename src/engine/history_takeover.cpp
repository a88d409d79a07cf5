// See history_takeover.hpp.
#include "engine/history_takeover.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/bounded_reading.hpp"
#include "engine/failed_advice.hpp"
#include "engine/foreign_history.hpp"
#include "engine/moments.hpp"
#include "engine/resolve.hpp"
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
    if (has_record(session)) {
        throw Failure(
            error("CM0525", "the database has a history already, in `{}.{}`",
                  session.ledger.table.schema, session.ledger.table.name)
                .help(
                    "`cm-migrate status` compares it with the folder; there is nothing to adopt"));
    }
}

/// What was applied must be what the folder holds.
void refuse_other_folder(Session const& session, history::Comparison const& comparison) {
    if (is_in_folder(comparison)) {
        return;
    }
    std::vector<std::string> notes{};
    for (auto const& name : comparison.edited) {
        notes.push_back(fmt::format("`{}` was edited after it had been applied", name));
    }
    for (auto const& name : comparison.missing) {
        notes.push_back(fmt::format("`{}` is applied, but is not in the folder", name));
    }
    for (auto const& name : comparison.failed_elsewhere) {
        notes.push_back(fmt::format("`{}` has failed, and is not in the folder", name));
    }
    auto diagnostic = error("CM0526", "the folder does not hold what Prisma has applied");
    constexpr std::size_t most = 10;
    for (std::size_t i = 0; i < std::min(most, notes.size()); ++i) {
        diagnostic.note("{}", notes[i]);
    }
    if (notes.size() > most) diagnostic.note("and {} more", notes.size() - most);
    if (comparison.is_of_another_folder) {
        diagnostic.help("is `{}` the folder of this database?",
                        shown(session.project, session.project.migrations));
    }
    diagnostic.help("put the folder in order, then run the command again");
    if (!comparison.is_of_another_folder) {
        diagnostic.help("or take the record over as it is with `--force`");
    } else if (!session.directory.migrations.empty()) {
        diagnostic.help(
            "if the folder replaces what is recorded: `cm-migrate baseline` records its "
            "migrations, if the database is what they lead to");
    }
    throw Failure(std::move(diagnostic), ExitCode::drift);
}

/// What to do with a database of which there is no migration.
void help_without_folder(Diagnostic& diagnostic) {
    diagnostic.help("was the folder lost? bring it back from version control");
    diagnostic.help(
        "else `cm-migrate pull` writes the schema of what is there; then `cm-migrate dev --name "
        "init` makes the first migration of it, recorded as applied");
}

/// There is nothing that could be marked as applied.
void refuse_empty_folder(Session& session, history::Comparison const& comparison) {
    if (!session.directory.migrations.empty()) {
        return;
    }
    refuse_foreign_history(session, comparison);
    auto diagnostic = error("CM0568", "there is no migration in `{}` to mark as applied",
                            shown(session.project, session.project.migrations));
    if (has_prisma_entries(session)) {
        diagnostic.help("bring the folder of Prisma's migrations, then run `cm-migrate adopt`");
    } else {
        help_without_folder(diagnostic);
    }
    throw Failure(std::move(diagnostic));
}

[[noreturn]] void refuse_without_prisma(Session const& session) {
    auto const theirs = prismas_ledger(session);
    auto diagnostic = error("CM0524", "there is no record of Prisma's in this database")
                          .note("there is no table `{}.{}`, or it is empty", theirs.table.schema,
                                theirs.table.name);
    if (session.directory.migrations.empty()) {
        help_without_folder(diagnostic);
    } else {
        diagnostic.help("for a database that was made by other means: `cm-migrate baseline`");
    }
    throw Failure(std::move(diagnostic));
}

}  // namespace

bool is_in_folder(history::Comparison const& comparison) {
    return comparison.edited.empty() && comparison.missing.empty() &&
           comparison.failed_elsewhere.empty();
}

history::Comparison adopt(Session& session, bool force) {
    refuse_unless_new(session);
    auto const theirs = prismas_ledger(session);
    auto const entries = prisma_entries(session);
    if (entries.empty()) {
        refuse_without_prisma(session);
    }
    auto comparison = history::compare(session.directory, entries);
    if (!force) {
        refuse_other_folder(session, comparison);
    }
    constexpr std::string_view columns =
        "id, checksum, finished_at, migration_name, logs, rolled_back_at, started_at, "
        "applied_steps_count";
    // Old or repaired tables of Prisma's let these two be NULL.
    constexpr std::string_view values =
        "id, checksum, finished_at, migration_name, logs, rolled_back_at, "
        "coalesce(started_at, finished_at, rolled_back_at, now()), coalesce(applied_steps_count, "
        "0)";
    write_bounded(*session.connection, migrations_table, [&] {
        pg::Transaction transaction{*session.connection};
        session.connection->execute(history::create_table_statement(session.ledger));
        session.connection->execute(fmt::format("INSERT INTO {} ({}) SELECT {} FROM {}",
                                                sql::quote(session.ledger.table), columns, values,
                                                sql::quote(theirs.table)));
        transaction.commit();
    });
    return comparison;
}

Baseline plan_baseline(Session& session, std::optional<std::string> const& to) {
    Baseline baseline{.history = compare(session)};
    auto const& comparison = baseline.history;
    refuse_empty_folder(session, comparison);
    refuse_failed(comparison);
    auto all = session.directory.migrations;
    if (to) {
        auto const last = migration_called(*to);
        require_migration(session, last);
        auto const found = std::find_if(
            all.begin(), all.end(), [&](history::Migration const& m) { return m.name == last; });
        all.erase(found + 1, all.end());
    }
    std::copy_if(all.begin(), all.end(), std::back_inserter(baseline.migrations),
                 [&](history::Migration const& m) {
                     return std::find(comparison.pending.begin(), comparison.pending.end(),
                                      m.name) != comparison.pending.end();
                 });
    if (baseline.migrations.empty()) {
        return baseline;
    }
    auto live = read_live_schema(session, &baseline.never_compared);
    Replay replay{session};
    auto const expected = replay.state_after(all);
    live = forgive_moments(std::move(live), expected, all).live;
    if (!schema::diff(expected, live).empty()) {
        refuse_doubt(replay);
        baseline.difference = change_between(expected, live, session.target.url.schema);
    }
    return baseline;
}

void record_baseline(Session& session, Baseline const& baseline) {
    write_bounded(*session.connection, migrations_table, [&] {
        prepare_database(session);
        pg::Transaction transaction{*session.connection};
        for (auto const& migration : baseline.migrations) insert_applied(session, migration);
        transaction.commit();
    });
}

}  // namespace cm::engine
