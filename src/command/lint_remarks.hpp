// What other commands say of lint's findings: a line each.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "lint/finding.hpp"

namespace cm::command {

/// Errors and warnings; empty if there is none. `said`: rules that have been told already, with the
/// counts of rows: of them only what makes clients wait is left to be told.
std::string lint_remarks(std::vector<lint::Finding> const& findings, SourceMap const& sources,
                         std::set<std::string_view> const& said = {});

}  // namespace cm::command
