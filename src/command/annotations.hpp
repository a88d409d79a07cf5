// Findings as annotations of GitHub Actions, which shows them beside the lines that they are about.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/source.hpp"

namespace cm::command {

/// A line for each finding, in the form of workflow commands
/// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). `folder` leads
/// from the repository to the working folder; empty if they are the same.
std::string annotations(std::vector<Diagnostic> const& diagnostics, SourceMap const& sources,
                        std::string_view folder);

/// Lines of which the runner takes none for a command of its own: those that would be one get a
/// backslash.
std::string without_workflow_commands(std::string_view text);

/// The same of JSON, which stays what it is.
std::string json_without_workflow_commands(std::string_view json);

}  // namespace cm::command
