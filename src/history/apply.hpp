// Executes a migration and records it: one transaction and one round trip where the file allows it.
#pragma once
#include <functional>

#include "base/source.hpp"
#include "history/directory.hpp"
#include "history/ledger.hpp"

namespace cm::history {

/// Applies one migration and its ledger row exactly once or not at all. A file that cannot run in a
/// transaction (see sql::split) goes statement by statement with each step recorded. On failure the
/// ledger says so, and Failure CM0504 (ExitCode::failed_migration) shows file, line, caret,
/// SQLSTATE, detail, hint, what was undone and what to do next; the file is added to `sources` for
/// that.
void apply(Migration const& migration, Ledger const& ledger, pg::Connection& connection,
           SourceMap& sources);

/// Runs a migration's script without recording it (replay into a scratch database). Throws Failure
/// CM0505.
void replay(Migration const& migration, pg::Connection& connection, SourceMap& sources);

/// Runs any script in one transaction where possible (push, seed). Throws Failure CM0506.
void execute_script(std::string_view name, std::string_view script, pg::Connection& connection,
                    SourceMap& sources);

}  // namespace cm::history
