// Looks at the indexes of what was read from the live database.
#include "engine/index_builds.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "schema/scope.hpp"

namespace cm::engine {
namespace {

Diagnostic being_built(object::Index const& index) {
    Diagnostic found{.severity = Severity::warning,
                     .code = "CM0560",
                     .message = fmt::format(
                         "the index `{}` of the table `{}` is being built by server process {}",
                         index.name.name, index.table.name, index.builder)};
    return std::move(found).about({.process = index.builder});
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
    auto diagnostic = error("CM0561", "the invalid index `{}` cannot be rebuilt: {} ({})",
                            index.name.name, server.message, server.sqlstate)
                          .about({.sqlstate = server.sqlstate});
    if (!server.detail.empty()) diagnostic.note("{}", server.detail);
    throw Failure(
        std::move(diagnostic)
            .help("correct the rows, then run the command again")
            .help("or if it is not needed: `DROP INDEX CONCURRENTLY {};`", sql::quote(index.name)));
}

void rebuild_invalid(Session& session, schema::Schema const& live) {
    for (auto const& [name, index] : live.indexes) {
        if (!index.is_invalid) continue;
        if (session.progress.finding) {
            session.progress.finding(
                {.severity = Severity::warning,
                 .code = "CM0561",
                 .message = fmt::format(
                     "the index `{}` of the table `{}` is invalid: dropping it{}", index.name.name,
                     index.table.name, is_copy(index) ? "" : " and rebuilding it")});
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
        progress.finding(
            being_built(index).note("it is not compared until the build has finished"));
    }
}

namespace {

/// Reads until nothing is being built. `read` gives what a Session& has, `schema_of` its schema.
template <class Read, class SchemaOf>
auto read_built(Session& session, Read read, SchemaOf schema_of) {
    using Clock = std::chrono::steady_clock;
    auto const deadline = Clock::now() + std::chrono::minutes{1};
    std::vector<std::string> seen_invalid{};
    for (bool told = false;;) {
        auto live = read(session);
        auto const builds = builds_of(schema_of(live));
        if (builds.empty()) {
            // A build is no longer told of a moment before its index becomes valid: once more.
            auto invalid = invalid_of(schema_of(live));
            if (invalid == seen_invalid) return live;
            seen_invalid = std::move(invalid);
            pg::pause(std::chrono::milliseconds{500});
            continue;
        }
        if (Clock::now() >= deadline) {
            auto diagnostic = being_built(builds.front());
            diagnostic.severity = Severity::error;
            throw Failure(
                std::move(diagnostic)
                    .note("no changes were made")
                    .help("wait until the build has finished, then run the command again"),
                ExitCode::busy);
        }
        if (!told && session.progress.finding) {
            session.progress.finding(
                being_built(builds.front()).note("waiting until the build has finished"));
        }
        told = true;
        pg::pause(std::chrono::milliseconds{500});
    }
}

bool has_invalid(schema::Schema const& live) {
    return std::any_of(live.indexes.begin(), live.indexes.end(),
                       [](auto const& each) { return each.second.is_invalid; });
}

}  // namespace

schema::Schema read_built_schema(Session& session) {
    return read_built(session, read_live_schema, std::identity{});
}

CompleteState read_settled_state(Session& session) {
    // Beside a schema in SQL everything is read, what others build included.
    auto const& bare = session.target.url.schema;
    auto const own = [&](CompleteState const& state) {
        return schema::without_strangers(state.schema, {}, bare);
    };
    if (session.project.is_sql) {
        auto live = read_built(session, read_live_state, own);
        if (!has_invalid(own(live))) return live;
        rebuild_invalid(session, own(live));
        return read_live_state(session);
    }
    auto live = read_built(
        session, read_live_state,
        [](CompleteState const& state) -> auto const& { return state.schema; });
    if (!has_invalid(live.schema)) return live;
    rebuild_invalid(session, live.schema);
    return read_live_state(session);
}

}  // namespace cm::engine
