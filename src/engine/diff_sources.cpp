// See diff_sources.hpp.
#include "engine/diff_sources.hpp"

#include "base/file.hpp"
#include "base/log.hpp"
#include "base/overloaded.hpp"
#include "base/run_in_parallel.hpp"
#include "dsl/preview_features.hpp"
#include "engine/catalog_snapshot.hpp"
#include "engine/declaration.hpp"
#include "engine/dependent_definitions.hpp"
#include "engine/diff_sides.hpp"
#include "engine/index_builds.hpp"
#include "engine/neighbours.hpp"
#include "engine/remaining_dependents.hpp"
#include "engine/sql_source/loaded_source.hpp"
#include "engine/sql_source/pool.hpp"
#include "engine/stand_in.hpp"
#include "engine/verification.hpp"
#include "history/directives.hpp"
#include "schema/from_dsl.hpp"
#include "schema/renamed.hpp"
#include "schema/renames.hpp"
#include "schema/scope.hpp"
#include "schema/uncompared.hpp"
#include "schema/undeclared.hpp"
#include "schema/unmade.hpp"
#include "schema/with_unsaid.hpp"

namespace cm::engine {
namespace {

void add_never_compared(pg::Connection& connection, Change& change) {
    std::set<std::string> kinds{};
    read_snapshot(connection, [&](sql::QueryFunction const& fetch) {
        kinds = schema::uncompared_kinds(fetch);
    });
    change.never_compared.merge(kinds);
}

/// A schema file takes the form that compares with the other side, a database.
std::vector<Unsettled> adapt(DiffSide& state, DiffSide const& other, SideReader const& reader,
                             std::vector<schema::RenameFlag> const& renames) {
    if (!state.model) {
        return {};
    }
    auto [schema, unsettled] =
        declared_schema(*state.model, reader.default_schema, reader.project.configuration.external,
                        other.schema, other.server(), renames);
    state.schema = std::move(schema);
    return unsettled;
}

}  // namespace

namespace {

/// A schema file with SQL files beside it takes the form that compares with the other side, of
/// which all was read.
std::vector<Unsettled> complete(DiffSide& state, DiffSide& other, SideReader const& reader,
                                std::vector<schema::RenameFlag> const& renames) {
    auto& side = *state.mixed;
    if (other.connection)
        other.schema = schema::without_strangers(std::move(other.schema), {&side.loaded},
                                                 reader.default_schema);
    forget_replay(other.schema, other.role, side.loaded, state.role);
    side.keeps_undeclared = other.connection || other.replay;
    auto declared = reader.completed(side, other.schema, other.server(), renames);
    state.schema = std::move(declared.schema);
    return std::move(declared.unsettled);
}

/// A session with the database of the one side, where the other is a project's: it knows what in
/// the database is other projects'. None if no side is a database, or both are.
std::optional<Session> session_beside(Project const& project, SourceMap& sources,
                                      Source const& from, Source const& to) {
    auto const is_database = [](Source const& side) {
        return std::holds_alternative<FromUrl>(side) ||
               std::holds_alternative<FromDatasource>(side);
    };
    auto const is_declared = [](Source const& side) {
        return std::holds_alternative<FromSchema>(side) || replays(side);
    };
    auto const& database = is_database(from) ? from : to;
    auto const& declared = is_database(from) ? to : from;
    if (!is_database(database) || !is_declared(declared)) return {};
    auto const url = server_of(project, database, sources);
    if (!url) return {};
    auto session = open_session(project, sources, Target{.url = *url}, {}, {});
    know_neighbours(session);
    return session;
}

/// A project beside others is compared with its own part of a database.
void leave_to_neighbours(Session const& session, DiffSide& before, DiffSide& after) {
    auto& live = before.connection ? before : after;
    auto& declared = before.connection ? after : before;
    refuse_record_of_others(session, declared.schema);
    left_to_others(session, declared.schema);
    live.schema = own_part(session, std::move(live.schema), declared.schema);
    if (!before.connection) return;
    schema::keep_undeclared(before.schema, after.schema, [&](schema::Undeclared const& object) {
        return is_undeclared_kept(session, object.kind, object.id);
    });
}

}  // namespace

Change compare_sources(Project const& asking, SourceMap& sources, Source const& from,
                       Source const& to, std::optional<std::string> const& shadow_url,
                       Progress progress, bool verify,
                       std::vector<schema::RenameFlag> const& renames) {
    auto const beside = session_beside(asking, sources, from, to);
    auto project = beside ? beside->project : asking;
    project.is_mixed = has_files_beside(asking, from) || has_files_beside(asking, to);
    auto const reader =
        make_side_reader(project, sources, from, to, shadow_url, std::move(progress));
    auto const read = [&](Source const& source) {
        return std::visit([&](auto const& s) { return reader.read(s); }, source);
    };
    DiffSide before{};
    DiffSide after{};
    auto const are_prisma_files = !reader.is_mixed && prisma_file(project, from) != nullptr &&
                                  prisma_file(project, to) != nullptr;
    if (are_prisma_files) {
        run_in_parallel([&] { before = read(from); }, [&] { after = read(to); });
    } else {
        before = read(from);
        after = read(to);
    }
    // A model beside a database gets them with all else that it takes from there.
    if ((!after.model && !after.mixed) || before.model) {
        after.schema = schema::with_flags(std::move(after.schema), before.schema, renames,
                                          reader.default_schema);
    }
    if (beside && project.is_drizzle) leave_to_neighbours(*beside, before, after);
    std::vector<Unsettled> unsettled{};
    if (before.model && after.model) {
        auto const has_partial_indexes = dsl::has_preview_feature(*after.model, "partialIndexes");
        auto const steps = schema::renames_to(before.schema, after.schema);
        after.schema =
            steps.empty()
                ? schema::adapted(std::move(after.schema), before.schema, has_partial_indexes)
                : schema::adapted(std::move(after.schema), schema::renamed(before.schema, steps),
                                  has_partial_indexes);
    } else if (reader.is_mixed) {
        unsettled = after.mixed ? complete(after, before, reader, renames)
                                : complete(before, after, reader, {});
    } else if (reader.is_complete) {
        // As drift is found.
        auto const is_declared = is_sql(project, from) || is_sql(project, to);
        if (is_declared) {
            // Both say all there is.
        } else if (replays(from) && !replays(to)) {
            schema::forget_replayer(before.schema, after.schema, before.role);
            schema::keep_unmade(before.schema, after.schema, after.role);
        } else if (replays(to) && !replays(from)) {
            schema::forget_replayer(after.schema, before.schema, after.role);
            schema::keep_unmade(after.schema, before.schema, before.role);
        }
    } else if (!before.model && !after.model && (replays(from) || replays(to))) {
        // What Prisma shows of migrations beside nothing.
        before.schema = schema::without_details(std::move(before.schema));
        after.schema = schema::without_details(std::move(after.schema));
    } else {
        unsettled =
            before.model ? adapt(before, after, reader, {}) : adapt(after, before, reader, renames);
    }
    auto change =
        after.model && !before.model
            ? change_around_definitions(before.schema, after.schema, reader.default_schema,
                                        reader.schemas_of(before), before.server())
            : change_between(before.schema, after.schema, reader.default_schema);
    change.unsettled = std::move(unsettled);
    if (before.connection && !after.model)
        change.blocked = remaining_dependents(change.plan, *before.connection, Dropped::everything);
    if (reader.is_whole) {
        for (auto const* const side : {&before, &after}) {
            if (side->connection) add_never_compared(*side->connection, change);
            if (side->source) add_never_compared(side->source->connection(), change);
        }
    }
    if (verify) verify_change(reader.start(before, from), change, reader.trial(after), sources);
    return change;
}

}  // namespace cm::engine
