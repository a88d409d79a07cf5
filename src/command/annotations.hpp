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

}  // namespace cm::command
