// A database beside what its migrations lead to: what may count as drift, and what is nobody's.
#pragma once
#include <string>
#include <vector>

#include "engine/development.hpp"
#include "engine/replay.hpp"

namespace cm::engine {

/// Both sides in the form that compares (see schema/unmade.hpp).
struct MadeComparison {
    schema::Schema made{};  ///< what the migrations lead to
    schema::Schema live{};
    std::vector<std::string> never_compared{};  ///< kinds of what is there and was not compared
    /// From the names that the migrations gave to those of `live`, under which both sides compare.
    schema::Steps renames{};

    bool differs() const;
    /// What leads from what the migrations made to the live database, and back.
    Change done(std::string const& unqualified_schema) const;
    Change undone(std::string const& unqualified_schema) const;
};

/// Compares with what is known of the migrations. `is_as_written`: both sides print definitions
/// alike, and roles are those that the migrations name.
MadeComparison compare_with_made(CompleteState live, CompleteState made, Session const& session,
                                 bool is_as_written = true);

/// Replays `migrations` and compares. Servers of two major versions may print one definition in two
/// ways: there it counts that it is there.
MadeComparison compare_with_replay(CompleteState live, Replay& replay,
                                   std::vector<history::Migration> const& migrations,
                                   Session const& session);

/// True if both servers print expressions alike, as far as is known.
bool prints_alike(Replay& replay, Session const& session);

}  // namespace cm::engine
