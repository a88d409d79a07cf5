// What a git repository says of files that differ from a revision.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace cm::engine {

/// Files below the folder, an absolute path, as paths relative to it, that the working tree adds or
/// edits against the tree of the revision; files that git does not know yet are added ones. Trees
/// are compared, so that no history is needed. Throws Failure CM0072: no git, no repository, or no
/// such revision.
std::vector<std::string> files_changed_since(std::filesystem::path const& folder,
                                             std::string const& revision);

}  // namespace cm::engine
