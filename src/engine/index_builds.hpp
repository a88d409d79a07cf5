// Indexes that are not there yet, or not any more: built by another session, or left invalid by a
// CREATE INDEX CONCURRENTLY that failed.
#pragma once
#include "engine/session.hpp"

namespace cm::engine {

/// Says of each index that another session is building that it is left out (CM0560).
void report_index_builds(schema::Schema const& live, Progress const& progress);

/// What read_live_schema does about them, for commands that change the database: waits up to a
/// minute for those that are being built; throws Failure CM0560 with ExitCode::busy after that.
schema::Schema read_built_schema(Session& session);

/// The same, and what is invalid is dropped CONCURRENTLY and built again as it was meant. Throws
/// Failure CM0561 if it cannot be.
CompleteState read_settled_state(Session& session);

}  // namespace cm::engine
