// See declared_state.hpp.
#include "engine/sql_source/declared_state.hpp"

#include "engine/sql_source/loaded_source.hpp"
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
        session.declared = std::make_shared<CompleteState const>(
            read_complete_state(loaded.connection(), session));
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

Change change_to_source(Session& session, CompleteState from, Declaration const& declaration) {
    auto to = declared_state(session, declaration);
    if (from.role != to.role) schema::forget_replayer(from.schema, to.schema, from.role);
    auto kept = schema::keep_undeclared(from.schema, to.schema, [&](std::string_view kind) {
        return session.project.configuration.undeclared.keeps(kind);
    });
    auto change = change_between(from.schema, to.schema, session.target.url.schema);
    change.kept = std::move(kept);
    return change;
}

}  // namespace cm::engine
