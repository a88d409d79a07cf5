// Looks at the indexes of what was read from the live database.
#include "engine/index_builds.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cm::engine {
namespace {

Diagnostic being_built(object::Index const& index) {
    return {
        .severity = Severity::warning,
        .code = "CM0560",
        .message = fmt::format("the index `{}` of the table `{}` is being built by process {} of "
                               "the server",
                               index.name.name, index.table.name, index.builder)};
}

std::vector<object::Index> builds_of(schema::Schema const& live) {
    std::vector<object::Index> builds{};
    for (auto const& [name, index] : live.indexes) {
        if (index.builder != 0) builds.push_back(index);
    }
    return builds;
}

std::vector<std::string> invalid_of(schema::Schema const& live) {
    std::vector<std::string> names{};
    for (auto const& [name, index] : live.indexes) {
        if (index.is_invalid) names.push_back(sql::quote(index.name));
    }
    return names;
}

/// `CREATE INDEX …`, as PostgreSQL prints it, without holding up those who write.
std::string concurrently(std::string definition) {
    constexpr std::string_view word = "INDEX ";
    auto const at = definition.find(word);
    return at == std::string::npos ? definition
                                   : definition.insert(at + word.size(), "CONCURRENTLY ");
}

[[noreturn]] void throw_not_rebuilt(object::Index const& index, pg::ServerMessage const& server) {
    auto diagnostic = error("CM0561", "the invalid index `{}` cannot be built again: {} ({})",
                            index.name.name, server.message, server.sqlstate);
    if (!server.detail.empty()) diagnostic.note("{}", server.detail);
    throw Failure(
        std::move(diagnostic)
            .help("correct the rows first, then run the command again")
            .help("or if nobody needs it: `DROP INDEX CONCURRENTLY {};`", sql::quote(index.name)));
}

void rebuild_invalid(Session& session, schema::Schema const& live) {
    for (auto const& [name, index] : live.indexes) {
        if (!index.is_invalid) continue;
        if (session.progress.finding) {
            session.progress.finding(
                {.severity = Severity::warning,
                 .code = "CM0561",
                 .message = fmt::format(
                     "the index `{}` of the table `{}` is invalid: it is dropped{}",
                     index.name.name, index.table.name, is_copy(index) ? "" : " and built again")});
        }
        try {
            session.connection->execute("DROP INDEX CONCURRENTLY " + sql::quote(index.name));
            if (!is_copy(index)) session.connection->execute(concurrently(index.definition));
        } catch (pg::SqlError const& failed) {
            if (failed.connection_lost()) throw;
            throw_not_rebuilt(index, failed.server());
        }
    }
}

}  // namespace

void report_index_builds(schema::Schema const& live, Progress const& progress) {
    if (!progress.finding) return;
    for (auto const& index : builds_of(live)) {
        progress.finding(being_built(index).note("it is not compared until it is done"));
    }
}

schema::Schema read_built_schema(Session& session) {
    using Clock = std::chrono::steady_clock;
    auto const deadline = Clock::now() + std::chrono::minutes{1};
    std::vector<std::string> seen_invalid{};
    for (bool told = false;;) {
        auto live = read_live_schema(session);
        auto const builds = builds_of(live);
        if (builds.empty()) {
            // A build is no longer told of a moment before its index becomes valid: once more.
            auto invalid = invalid_of(live);
            if (invalid == seen_invalid) return live;
            seen_invalid = std::move(invalid);
            pg::pause(std::chrono::milliseconds{500});
            continue;
        }
        if (Clock::now() >= deadline) {
            auto diagnostic = being_built(builds.front());
            diagnostic.severity = Severity::error;
            throw Failure(std::move(diagnostic)
                              .note("nothing was done")
                              .help("wait until it is done, then run the command again"),
                          ExitCode::busy);
        }
        if (!told && session.progress.finding) {
            session.progress.finding(being_built(builds.front()).note("waiting until it is done"));
        }
        told = true;
        pg::pause(std::chrono::milliseconds{500});
    }
}

schema::Schema read_settled_schema(Session& session) {
    auto live = read_built_schema(session);
    auto const is_sound = std::none_of(live.indexes.begin(), live.indexes.end(),
                                       [](auto const& each) { return each.second.is_invalid; });
    if (is_sound) return live;
    rebuild_invalid(session, live);
    return read_live_schema(session);
}

}  // namespace cm::engine
