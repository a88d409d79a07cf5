// What other commands say of lint's findings: a line each.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"
#include "lint/finding.hpp"

namespace cm::command {

/// Errors and warnings. `said`: rules whose findings have been told already, with the counts of
/// rows. Empty if there is none.
std::string lint_remarks(std::vector<lint::Finding> const& findings, SourceMap const& sources,
                         std::set<std::string_view> const& said = {});

}  // namespace cm::command
