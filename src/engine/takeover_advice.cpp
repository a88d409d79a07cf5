// See takeover_advice.hpp.
#include "engine/takeover_advice.hpp"

#include "base/diagnostic.hpp"
#include "schema/diff.hpp"

namespace cm::engine {
namespace {

/// Beyond that, replaying and reading the catalog after each of them takes too long.
constexpr std::size_t most_replayed = 200;

history::Ledger prismas_ledger(Session const& session) {
    return {{session.ledger.table.schema, "_prisma_migrations"}};
}

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

Takeover find_takeover(Session& session) {
    if (has_prisma_entries(session)) {
        auto const entries = history::read(prismas_ledger(session), *session.connection);
        auto const comparison = history::compare(session.directory, entries);
        auto const fits = comparison.edited.empty() && comparison.missing.empty();
        return {fits ? Takeover::Kind::adopt : Takeover::Kind::adopt_by_force, {}};
    }
    try {
        auto const count = matching_prefix(session);
        if (count == session.directory.migrations.size()) {
            return {Takeover::Kind::baseline, {}};
        }
        if (count) {
            return {Takeover::Kind::baseline_to, session.directory.migrations[*count - 1].name};
        }
    } catch (Failure const& failure) {
        if (failure.exit_code() == ExitCode::interrupted) {
            throw;
        }
    }
    return {};
}

}  // namespace cm::engine
