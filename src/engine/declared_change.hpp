// What leads to the declared schema: from what migrations produce, from the live database, from
// nothing. Here the two languages meet; nobody else needs to know in which one a project is
// written.
#pragma once
#include "engine/declaration.hpp"
#include "engine/development.hpp"

namespace cm::engine {

/// From the state that all migrations of the folder lead to.
Change next_change(Session& session, Replay& replay, Declaration const& declaration);

/// From the live database.
Change live_change(Session& session, Declaration const& declaration);

/// From nothing, as after a reset.
Change whole_change(Session& session, Declaration const& declaration);

/// Tries a change of the live database in a scratch database (see verification.hpp).
void verify_live_change(Session& session, Declaration const& declaration, Change const& change);

/// Does the live database have what is declared, neither more nor less?
bool is_as_declared(Session& session, Replay& replay, Declaration const& declaration);

/// Compares what a proven migration leads to with what is declared. Throws Failure CM0330 if
/// something would remain to be done: then the plan was wrong.
void verify_migration(Session& session, Replay& replay, history::Migration const& proposed,
                      Declaration const& declaration);

}  // namespace cm::engine
