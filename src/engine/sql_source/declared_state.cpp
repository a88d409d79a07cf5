// See declared_state.hpp.
#include "engine/sql_source/declared_state.hpp"

#include "engine/neighbours.hpp"
#include "engine/sql_source/loaded_source.hpp"
#include "schema/scope.hpp"
#include "schema/undeclared.hpp"
#include "schema/unmade.hpp"

namespace cm::engine {

CompleteState const& declared_state(Session& session, Declaration const& declaration) {
    if (!session.declared) {
        auto const identity = session.target.shadow_url
                                  ? std::optional{pg::identity(*session.connection)}
                                  : std::nullopt;
        LoadedSource loaded(*declaration.sql,
                            {.target = session.target,
                             .target_identity = identity,
                             .is_trusted = session.project.options.trust_source},
                            session.project, session.sources, session.progress);
        auto declared = read_complete_state(loaded.connection(), session);
        declared.schema = schema::without_objects(
            std::move(declared.schema),
            [&](object::ObjectRef const& object) { return loaded.outside().contains(object); });
        session.declared = std::make_shared<CompleteState const>(std::move(declared));
    }
    return *session.declared;
}

void check_source(Project const& project, SourceMap& sources, Declaration const& declaration,
                  Progress const& progress) {
    LoadedSource const loaded(
        *declaration.sql,
        {.target = find_reachable_target(project, {}), .is_trusted = project.options.trust_source},
        project, sources, progress);
}

Change change_to_source(Session& session, CompleteState from, StateOf state,
                        Declaration const& declaration) {
    know_neighbours(session);
    auto to = declared_state(session, declaration);
    if (from.role != to.role) schema::forget_replayer(from.schema, to.schema, from.role);
    auto left = left_to_others(session, to.schema);
    auto const is_made_here = session.project.is_drizzle && state == StateOf::migrations;
    if (!is_made_here) from.schema = own_part(session, std::move(from.schema), to.schema);
    auto kept = schema::keep_undeclared(
        from.schema, to.schema, [&](std::string_view kind, object::ObjectRef const& object) {
            return !is_made_here && is_undeclared_kept(session, kind, object);
        });
    auto change = change_between(from.schema, to.schema, session.target.url.schema);
    change.kept = std::move(kept);
    change.left = std::move(left);
    return change;
}

}  // namespace cm::engine
