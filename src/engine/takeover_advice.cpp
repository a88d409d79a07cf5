// See takeover_advice.hpp.
#include "engine/takeover_advice.hpp"

#include <fmt/format.h>

#include "base/diagnostic.hpp"
#include "engine/history_takeover.hpp"
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
    auto const live = read_live_schema(session);
    Replay replay{session.project, session.sources, session.target, session.datasource,
                  session.progress};
    std::optional<std::size_t> found{};
    for (std::size_t count = 1; count <= all.size(); ++count) {
        std::vector<history::Migration> const prefix(
            all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count));
        if (schema::diff(replay.state_after(prefix), live).empty()) {
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
    } catch (pg::SqlError const& refused) {
        if (refused.connection_lost()) throw;
    }
    return {};
}

void help_to_take_over(Diagnostic& diagnostic, Session const& session, Takeover const& takeover) {
    using Kind = Takeover::Kind;
    auto const command = fmt::format(
        "`cm-migrate {}{}`", takeover_command(takeover, session.directory.migrations.front().name),
        session.target.is_private ? " --local" : "");
    if (takeover.prisma_is_elsewhere) {
        diagnostic.note("Prisma's record is there, but none of its migrations is in the folder");
    }
    switch (takeover.kind) {
        case Kind::adopt:
            diagnostic.help("Prisma's record is there: {} takes it over", command);
            diagnostic.help(
                "or to share it with Prisma, set `\"migrationsTable\": \"_prisma_migrations\"` in "
                "cm-migrate.json");
            return;
        case Kind::adopt_by_force:
            diagnostic.note(
                "Prisma's record is there, but migrations that it names are missing from the "
                "folder, or were edited");
            diagnostic.help("put the folder in order; or {} takes the record over as it is",
                            command);
            return;
        case Kind::baseline:
            diagnostic.help("it is what the migrations lead to: {} records them as applied",
                            command);
            return;
        case Kind::baseline_to:
            diagnostic.help(
                "it is what the migrations up to `{}` lead to: {} records those as applied; then "
                "run this command again",
                takeover.name, command);
            return;
        case Kind::by_hand:
            diagnostic.help(
                "for each migration whose tables are there already, run `cm-migrate resolve "
                "--applied NAME`, beginning with {}; then run this command again",
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
        error("CM0514", "the database is not empty, and it has no record of migrations");
    diagnostic.note("there is no table `{}`, but {} other{}, such as `{}`", unknown->ledger,
                    unknown->tables, unknown->tables == 1 ? "" : "s", unknown->example);
    help_to_take_over(diagnostic, session, find_takeover(session));
    throw Failure(std::move(diagnostic)
                      .help("or use an empty database, or another schema of this one "
                            "(`?schema=NAME`)"));
}

}  // namespace cm::engine
