// See takeover_advice.hpp.
#include "engine/takeover_advice.hpp"

#include <fmt/format.h>

#include "base/diagnostic.hpp"
#include "base/log.hpp"
#include "base/plural.hpp"
#include "engine/adopt_and_baseline.hpp"
#include "engine/made_comparison.hpp"
#include "schema/diff.hpp"

namespace cm::engine {
namespace {

/// Beyond that, replaying and reading the catalog after each of them takes too long.
constexpr std::size_t most_replayed = 200;

/// How many of the migrations lead to the live schema; none if no such number does.
std::optional<std::size_t> matching_prefix(Session& session) {
    auto const& all = session.directory.migrations;
    if (all.size() > most_replayed) {
        return {};
    }
    auto const live = read_live_state(session);
    Replay replay{session.project, session.sources, session.target, session.datasource,
                  session.progress};
    std::optional<std::size_t> found{};
    for (std::size_t count = 1; count <= all.size(); ++count) {
        std::vector<history::Migration> const prefix(
            all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count));
        if (!compare_with_replay(live, replay, prefix, session).differs()) {
            found = count;
        }
    }
    return found;
}

}  // namespace

namespace {

/// By replays, where Prisma's record does not help.
Takeover by_replay(Session& session) {
    try {
        auto const count = matching_prefix(session);
        if (count == session.directory.migrations.size()) {
            return {Takeover::Kind::baseline, {}};
        }
        if (count) {
            return {Takeover::Kind::baseline_to, session.directory.migrations[*count - 1].name};
        }
    } catch (Failure const& failure) {
        if (failure.exit_code() == ExitCode::interrupted) throw;
        log::swallowed("looking for a way to take the history over", failure);
    } catch (pg::SqlError const& refused) {
        if (refused.connection_lost()) throw;
        log::swallowed("looking for a way to take the history over", refused);
    }
    return {};
}

void help_to_take_over(Diagnostic& diagnostic, Session const& session, Takeover const& takeover) {
    using Kind = Takeover::Kind;
    auto const command = fmt::format(
        "`cm-migrate {}{}`", takeover_command(takeover, session.directory.migrations.front().name),
        session.target.is_private ? " --local" : "");
    if (takeover.prisma_is_elsewhere) {
        diagnostic.note(
            "Prisma's migrations table exists, but none of its migrations are in the folder");
    }
    switch (takeover.kind) {
        case Kind::adopt:
            diagnostic.help("Prisma's migrations table exists: {} adopts its history", command);
            diagnostic.help(
                "or to share the table with Prisma, set `\"migrationsTable\": "
                "\"_prisma_migrations\"` in cm-migrate.json");
            return;
        case Kind::adopt_by_force:
            diagnostic.note(
                "Prisma's migrations table exists, but some of its migrations are missing from the "
                "folder or were edited");
            diagnostic.help("restore the folder; or {} adopts the history as it is", command);
            return;
        case Kind::baseline:
            diagnostic.help("it matches the migrations: {} records them as applied", command);
            return;
        case Kind::baseline_to:
            diagnostic.help(
                "it matches the migrations up to `{}`: {} records those as applied; then run this "
                "command again",
                takeover.name, command);
            return;
        case Kind::by_hand:
            diagnostic.help(
                "for each migration whose tables already exist, run `cm-migrate resolve --applied "
                "NAME`, beginning with {}; then run this command again",
                command);
            return;
    }
}

}  // namespace

Takeover find_takeover(Session& session) {
    if (!has_prisma_entries(session)) {
        return by_replay(session);
    }
    auto const comparison = history::compare(session.directory, prisma_entries(session));
    if (comparison.is_of_another_folder) {
        auto takeover = by_replay(session);
        takeover.prisma_is_elsewhere = true;
        return takeover;
    }
    return {is_in_folder(comparison) ? Takeover::Kind::adopt : Takeover::Kind::adopt_by_force, {}};
}

std::string takeover_command(Takeover const& takeover, std::string const& first) {
    using Kind = Takeover::Kind;
    switch (takeover.kind) {
        case Kind::adopt:
            return "adopt";
        case Kind::adopt_by_force:
            return "adopt --force";
        case Kind::baseline:
            return "baseline";
        case Kind::baseline_to:
            return "baseline --to " + takeover.name;
        case Kind::by_hand:
            break;
    }
    return "resolve --applied " + first;
}

void refuse_unknown_history(Session& session) {
    auto const unknown = find_unknown_history(session);
    if (!unknown) {
        return;
    }
    auto diagnostic =
        error("CM0514", "the database is not empty, but no migrations are recorded in it");
    auto const others = counted(unknown->tables, "other");
    if (unknown->has_migrations_table) {
        diagnostic.note("the table `{}` is empty, but there {} {}, such as `{}`",
                        unknown->migrations_table, unknown->tables == 1 ? "is" : "are", others,
                        unknown->example);
    } else {
        diagnostic.note("there is no table `{}`, but {}, such as `{}`", unknown->migrations_table,
                        others, unknown->example);
    }
    help_to_take_over(diagnostic, session, find_takeover(session));
    throw Failure(std::move(diagnostic)
                      .help("or use an empty database, or another schema of this one "
                            "(`?schema=NAME`)"));
}

void refuse_foreign_history(Session const& session, history::Comparison const& comparison) {
    if (!comparison.is_of_another_folder) {
        return;
    }
    auto const& recorded = comparison.missing.empty() ? comparison.failed : comparison.missing;
    auto const& folder = session.directory.migrations;
    auto diagnostic = error(
        "CM0555", "none of the migrations recorded in the database are in the migrations folder");
    diagnostic.note("{} {} recorded in `{}.{}`, such as `{}`", recorded.size(),
                    recorded.size() == 1 ? "is" : "are", session.migrations_table.table.schema,
                    session.migrations_table.table.name, recorded.front());
    diagnostic.note(
        "the folder `{}` contains {}", display_path(session.project, session.project.migrations),
        folder.empty() ? "none"
                       : fmt::format("{}, such as `{}`", folder.size(), folder.front().name));
    diagnostic.help("is this the right database and the right project?");
    diagnostic.help("if the folder was lost: restore it from version control");
    diagnostic.help(
        "if it cannot be restored, remove its records: `cm-migrate resolve --forget {}`",
        recorded.front());
    if (!folder.empty()) {
        diagnostic.help(
            "if the folder replaces the recorded migrations (a squash), mark those of its "
            "migrations as applied that the database contains, beginning with `cm-migrate resolve "
            "--applied {}`",
            folder.front().name);
    }
    throw Failure(std::move(diagnostic));
}

}  // namespace cm::engine
