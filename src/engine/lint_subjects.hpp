// Which files `lint` looks at: those that are named, that differ from a revision, or that are
// pending.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/lint.hpp"
#include "history/directory.hpp"

namespace cm::engine {

/// Which migrations are looked at, by name.
using Selection = std::set<std::string>;

/// The project's part of what is asked for: migrations, and files that are none.
struct Subjects {
    Selection migrations{};
    std::vector<std::string> files{};
};

/// `pending` is what the database has not applied, if that is known.
Subjects subjects_of(Project const& project, history::Directory const& directory,
                     LintRequest const& request,
                     std::optional<std::vector<std::string>> const& pending);

/// Migrations up to the baseline are not looked at, unless they are named.
bool is_covered_by_baseline(lint::Settings const& settings, std::string_view migration);

/// The migrations before the first one that is looked at.
std::vector<history::Migration> before_first(std::vector<history::Migration> const& all,
                                             Selection const& selected);

/// A folder stands for the .sql files in it.
std::vector<std::string> named_files(std::vector<std::string> const& given);

/// Throws Failure CM0010, CM0061, CM0071.
FileId add_file(std::string const& path, SourceMap& sources);
FileId add_file(history::Migration const& migration, SourceMap& sources);

}  // namespace cm::engine
