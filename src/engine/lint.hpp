// `lint`: which files are looked at, and what the rules find in them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/source.hpp"
#include "engine/project.hpp"
#include "lint/finding.hpp"
#include "lint/levels.hpp"
#include "lint/settings.hpp"

namespace cm::engine {

/// A level as the command line gives it: `--rule NAME=LEVEL`.
struct RuleLevel {
    std::string rule{};
    lint::Level level{};
};

/// What is asked for.
struct LintRequest {
    std::vector<std::string> files{};  ///< files and folders; none: the project's migrations
    std::vector<std::string> only{};   ///< rules
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
lint::Levels lint_levels(lint::Settings const& settings, LintRequest const& request);

/// Files alone: no project, database or configuration file is needed. Throws Failure CM0010 for one
/// that cannot be read.
LintReport lint_files(lint::Settings const& settings, LintRequest const& request,
                      SourceMap& sources);

/// The migrations of the project that the baseline does not cover, without a database.
LintReport lint_migrations(Project const& project, LintRequest const& request, SourceMap& sources);

}  // namespace cm::engine
