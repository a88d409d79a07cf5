// `lint`: which files are looked at, with which schema before them, and what the rules find.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/source.hpp"
#include "engine/project.hpp"
#include "engine/session.hpp"
#include "lint/finding.hpp"
#include "lint/levels.hpp"
#include "lint/settings.hpp"

namespace cm::engine {

class Replay;

/// A level as the command line gives it: `--rule NAME=LEVEL`.
struct RuleLevel {
    std::string rule{};
    lint::Level level{};
};

/// What is asked for.
struct LintRequest {
    /// Files and folders; none: the migrations that are pending and that the baseline does not
    /// cover.
    std::vector<std::string> files{};
    std::optional<std::string> since{};  ///< instead: those that differ from this revision
    bool replay = true;                  ///< to know the schema before each file
    std::vector<std::string> only{};     ///< rules
    std::vector<RuleLevel> levels{};
};

struct LintReport {
    std::vector<lint::Finding> findings{};
    std::size_t files{};
    bool operator==(LintReport const&) const = default;
};

/// The name that standard input has among the files.
inline constexpr std::string_view standard_input = "-";

/// The levels that the configuration and the command line give the rules. Throws Failure CM0070
/// for names of rules that do not exist.
lint::Levels lint_levels(lint::Settings const& settings, LintRequest const& request = {});

/// Files by their text alone: no project, database or configuration file is needed. Throws Failure
/// CM0010 for one that cannot be read, CM0071 for one that is no text.
LintReport lint_files(lint::Settings const& settings, LintRequest const& request,
                      SourceMap& sources);

/// Migrations of the project, and other files as if they came after all of them. With the replay
/// the schema before each is known: the server that `url` names, or a temporary private one, runs
/// what comes before them in a scratch database. With a URL of its own the sizes of the live tables
/// count as well.
LintReport lint_project(Project const& project, LintRequest const& request, SourceMap& sources,
                        Progress const& progress);

/// Pending migrations of a session that is about to apply them.
LintReport lint_pending(Session& session, std::vector<std::string> const& pending);

/// A migration that is not written yet, behind those of the session's folder, whose state the
/// replay has.
LintReport lint_new_migration(Session& session, Replay& replay,
                              history::Migration const& migration);

/// Migrations of the session's folder by their text alone.
LintReport lint_texts(Session& session, std::vector<std::string> const& names);

/// Puts the newest migration into the configuration as the baseline, and gives its name. Throws
/// Failure CM0073 if there is none.
std::string write_lint_baseline(Project const& project);

}  // namespace cm::engine
