// See declared_change.hpp.
#include "engine/declared_change.hpp"

#include "engine/dependent_definitions.hpp"
#include "engine/index_builds.hpp"
#include "engine/neighbours.hpp"
#include "engine/remaining_dependents.hpp"
#include "engine/sql_source/declared_state.hpp"
#include "engine/stand_in.hpp"
#include "engine/verification.hpp"
#include "schema/scope.hpp"
#include "schema/unmade.hpp"

namespace cm::engine {
namespace {

/// The rest of the way from a state that was read as `next_change` reads it.
Change rest_of(Session& session, schema::Schema const& reached, Declaration const& declaration,
               Server const& server) {
    auto const& bare = session.target.url.schema;
    auto const declared = declared_schema(declaration.model, bare,
                                          session.project.configuration.external, reached, server);
    return change_between(reached, declared.schema, bare);
}

Change next_change_of_model(Session& session, Replay& replay, Declaration const& declaration) {
    auto from = replay.state_after(session.directory.migrations);
    auto const lead = [&](schema::Schema const* live) {
        auto const to = declared_schema(declaration.model, session.target.url.schema,
                                        session.project.configuration.external, from,
                                        server_of(replay), declaration.renames);
        auto change = change_around_definitions(
            from, to.schema, session.target.url.schema,
            managed_schemas(session.project, session.datasource, session.target.url),
            server_of(replay), live);
        change.unsettled = to.unsettled;
        return change;
    };
    auto change = lead(nullptr);
    if (!recreates(change.plan)) return change;
    // What nobody has made by a migration is lost with what is recreated, unless it is said.
    auto const live = read_live_state(session).schema;
    schema::take_details(from, live);
    return lead(&live);
}

Change live_change_of_model(Session& session, Declaration const& declaration) {
    auto const live = read_built_schema(session);
    StandIn stand_in{*session.connection};
    auto const declared = declared_schema(declaration.model, session.target.url.schema,
                                          session.project.configuration.external, live,
                                          stand_in.server(), declaration.renames);
    auto change = change_around_definitions(
        live, declared.schema, session.target.url.schema,
        managed_schemas(session.project, session.datasource, session.target.url),
        stand_in.server());
    change.unsettled = declared.unsettled;
    return change;
}

/// Of the live database what is ours.
CompleteState own_state(Session& session, Declaration const& declaration) {
    auto live = read_live_state(session);
    live.schema = schema::without_strangers(std::move(live.schema),
                                            {&declared_state(session, declaration).schema},
                                            session.target.url.schema);
    report_index_builds(live.schema, session.progress);
    return live;
}

/// What was said for one change holds no more once that is carried out.
Declaration without_flags(Declaration declaration) {
    declaration.renames.clear();
    return declaration;
}

schema::Schema complete_schema(Session& session, pg::Connection& connection) {
    return read_complete_state(connection, session).schema;
}

}  // namespace

Change next_change(Session& session, Replay& replay, Declaration const& declaration) {
    know_neighbours(session);
    if (!declaration.sql) return next_change_of_model(session, replay, declaration);
    return change_to_source(session, replay.complete_state_after(session.directory.migrations),
                            StateOf::migrations, declaration, server_of(replay));
}

Change live_change(Session& session, Declaration const& declaration) {
    know_neighbours(session);
    if (!declaration.sql) return live_change_of_model(session, declaration);
    StandIn stand_in{*session.connection};
    auto change = change_to_source(session, own_state(session, declaration), StateOf::database,
                                   declaration, stand_in.server());
    change.blocked = remaining_dependents(change.plan, *session.connection, Dropped::everything);
    return change;
}

Change whole_change(Session& session, Declaration const& declaration) {
    know_neighbours(session);
    // A schema in SQL says what there is, the schemas included, which a reset leaves empty.
    StandIn stand_in{*session.connection};
    if (declaration.sql) {
        return change_to_source(session, own_state(session, declaration), StateOf::database,
                                declaration, stand_in.server());
    }
    auto const& schema = session.target.url.schema;
    auto const declared = declared_schema(
        declaration.model, schema, session.project.configuration.external, {}, stand_in.server());
    auto change = change_between({}, declared.schema, schema);
    change.unsettled = declared.unsettled;
    return change;
}

void verify_live_change(Session& session, Declaration const& declaration, Change const& change) {
    auto const& url = session.target.url;
    auto const read = [&](pg::Connection& connection) {
        return complete_schema(session, connection);
    };
    auto const rest = [&](schema::Schema reached, Server const& server) {
        if (declaration.sql) {
            return change_to_source(session, {.schema = std::move(reached)}, StateOf::database,
                                    without_flags(declaration), server);
        }
        reached.definitions = {};
        return rest_of(session, reached, declaration, server);
    };
    verify_change(read(*session.connection), change,
                  {.read = read, .rest = rest, .beside = url, .bare = url.schema}, session.sources);
}

bool is_as_declared(Session& session, Replay& replay, Declaration const& declaration) {
    if (declaration.sql)
        return change_to_source(session, own_state(session, declaration), StateOf::database,
                                without_flags(declaration), server_of(replay))
            .empty();
    auto const live = read_live_schema(session);
    return rest_of(session, live, declaration, server_of(replay)).empty();
}

void verify_migration(Session& session, Replay& replay, history::Migration const& proposed,
                      Declaration const& declaration) {
    auto const all = with_proposed(session.directory, proposed);
    auto const rest =
        declaration.sql
            ? change_to_source(session, replay.complete_state_after(all), StateOf::migrations,
                               without_flags(declaration), server_of(replay))
            : rest_of(session, replay.state_after(all), declaration, server_of(replay));
    if (rest.empty()) return;
    throw Failure(
        error("CM0330", "internal error: the new migration does not lead to the schema")
            .note("carried out in the scratch database, it leaves this to be done:\n{}", rest.text)
            .note("this is the migration:\n{}", proposed.script)
            .help("please report it with the schema; `--no-verify` writes the migration "
                  "all the same, `--create-only --no-verify` without applying it"));
}

}  // namespace cm::engine
