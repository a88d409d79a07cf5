// The state that a project's schema in SQL declares, beside those that a database is in.
#pragma once
#include "engine/declaration.hpp"
#include "engine/development.hpp"

namespace cm::engine {

/// What the source makes of an empty database; loaded when it is first asked for in this session.
/// Throws Failure CM0341, CM0342.
CompleteState const& declared_state(Session& session, Declaration const& declaration);

/// For whoever can do without: loads the schema of a project in SQL, if it is there and right, so
/// that it is known which schemas are the project's.
void load_declared_state(Session& session);

/// Loads it, and keeps nothing: what PostgreSQL says of it. Beside the project's database if there
/// is one, else on a private server. Throws Failure CM0341, CM0342.
void check_source(Project const& project, SourceMap& sources, Declaration const& declaration);

/// What a state is one of.
enum class StateOf {
    database,    ///< holds what others have made, too
    migrations,  ///< of the project: they have made all that is there
};

/// From that state to the declared one. What nobody declares is kept or dropped, as the project
/// says. `server`: tells of expressions of a model.
Change change_to_source(Session& session, CompleteState from, StateOf state,
                        Declaration const& declaration, Server const& server);

}  // namespace cm::engine
