// See adopt_and_baseline.hpp.
#include "engine/adopt_and_baseline.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/bounded_reading.hpp"
#include "engine/failed_advice.hpp"
#include "engine/made_comparison.hpp"
#include "engine/moments.hpp"
#include "engine/neighbours.hpp"
#include "engine/resolve.hpp"
#include "engine/takeover_advice.hpp"
#include "schema/diff.hpp"

namespace cm::engine {
namespace {

history::MigrationsTable prismas_migrations_table(Session const& session) {
    return {{session.migrations_table.table.schema, "_prisma_migrations"}};
}

void refuse_unless_new(Session& session) {
    if (session.project.is_drizzle) {
        throw Failure(error("CM0524", "Prisma's migrations are not those of a project of Drizzle")
                          .help("`cm-migrate baseline` records migrations of this project that a "
                                "database already contains"));
    }
    if (session.migrations_table.table.name == "_prisma_migrations") {
        throw Failure(error("CM0525", "the project already uses Prisma's migrations table")
                          .note("`migrationsTable` in cm-migrate.json says so")
                          .help("to use a separate migrations table, remove the setting first"));
    }
    if (has_record(session)) {
        throw Failure(
            error("CM0525", "the database already has a migration history, in `{}.{}`",
                  session.migrations_table.table.schema, session.migrations_table.table.name)
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
        notes.push_back(fmt::format("`{}` was edited after it was applied", name));
    }
    for (auto const& name : comparison.missing) {
        notes.push_back(
            fmt::format("`{}` is applied, but missing from the migrations folder", name));
    }
    for (auto const& name : comparison.failed_elsewhere) {
        notes.push_back(
            fmt::format("`{}` has failed, and is missing from the migrations folder", name));
    }
    auto diagnostic =
        error("CM0526", "the migrations folder does not match what Prisma has applied");
    constexpr std::size_t most = 10;
    for (std::size_t i = 0; i < std::min(most, notes.size()); ++i) {
        diagnostic.note("{}", notes[i]);
    }
    if (notes.size() > most) diagnostic.note("and {} more", notes.size() - most);
    if (comparison.is_of_another_folder) {
        diagnostic.help("is `{}` the right migrations folder for this database?",
                        display_path(session.project, session.project.migrations));
    }
    diagnostic.help("restore the folder, then run the command again");
    if (!comparison.is_of_another_folder) {
        diagnostic.help("or adopt the history as it is with `--force`");
    } else if (!session.directory.migrations.empty()) {
        diagnostic.help(
            "if the folder replaces the recorded migrations: `cm-migrate baseline` records its "
            "migrations, if the database matches them");
    }
    throw Failure(std::move(diagnostic), ExitCode::drift);
}

/// What to do with a database of which there is no migration.
void help_without_folder(Diagnostic& diagnostic) {
    diagnostic.help("was the folder lost? restore it from version control");
    diagnostic.help(
        "otherwise run `cm-migrate pull` to write a schema file from the database; then "
        "`cm-migrate dev --name init` creates the first migration from it and marks it as applied");
}

/// There is nothing that could be marked as applied.
void refuse_empty_folder(Session& session, history::Comparison const& comparison) {
    if (!session.directory.migrations.empty()) {
        return;
    }
    refuse_foreign_history(session, comparison);
    auto diagnostic = error("CM0568", "there is no migration in `{}` to mark as applied",
                            display_path(session.project, session.project.migrations));
    if (has_prisma_entries(session)) {
        diagnostic.help("add the folder of Prisma's migrations, then run `cm-migrate adopt`");
    } else {
        help_without_folder(diagnostic);
    }
    throw Failure(std::move(diagnostic));
}

[[noreturn]] void refuse_without_prisma(Session const& session) {
    auto const theirs = prismas_migrations_table(session);
    auto diagnostic = error("CM0524", "Prisma has not recorded any migrations in this database")
                          .note("the table `{}.{}` does not exist or is empty", theirs.table.schema,
                                theirs.table.name);
    if (session.directory.migrations.empty()) {
        help_without_folder(diagnostic);
    } else {
        diagnostic.help(
            "for a database that was created without migrations: `cm-migrate baseline`");
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
    auto const theirs = prismas_migrations_table(session);
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
    write_bounded(*session.connection, the_migrations_table, [&] {
        pg::Transaction transaction{*session.connection};
        session.connection->execute(history::create_table_statement(session.migrations_table));
        session.connection->execute(fmt::format("INSERT INTO {} ({}) SELECT {} FROM {}",
                                                sql::quote(session.migrations_table.table), columns,
                                                values, sql::quote(theirs.table)));
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
    auto found = read_live_state(session);
    Replay replay{session};
    auto comparison_with_replay = compare_with_replay(std::move(found), replay, all, session);
    auto& [expected, live, kinds, renames] = comparison_with_replay;
    baseline.never_compared = std::move(kinds);
    live = forgive_moments(std::move(live), expected, all).live;
    if (comparison_with_replay.differs()) {
        refuse_doubt(replay);
        baseline.difference = comparison_with_replay.done(session.target.url.schema);
    }
    return baseline;
}

void record_baseline(Session& session, Baseline const& baseline) {
    write_bounded(*session.connection, the_migrations_table, [&] {
        prepare_database(session);
        pg::Transaction transaction{*session.connection};
        for (auto const& migration : baseline.migrations) insert_applied(session, migration);
        transaction.commit();
    });
    record_migrations(session);
}

}  // namespace cm::engine
