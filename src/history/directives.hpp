// The words that migrations may say to cm-migrate in comments.
#pragma once
#include <vector>

#include "base/diagnostic.hpp"
#include "base/source.hpp"
#include "history/directory.hpp"

namespace cm::history {

/// Throws Failure CM0064 for `-- cm-migrate: …` with an unknown word, or where it has no effect: a
/// wish that is passed over in silence would be found out by a failed deployment.
void check_directives(FileId file, SourceMap const& sources);

/// The same for all migrations of a folder, all findings at once.
void check_directives(Directory const& directory, SourceMap& sources);

}  // namespace cm::history
