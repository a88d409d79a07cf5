// What other commands say of lint's findings: a line each.
#pragma once
#include <string>
#include <vector>

#include "base/source.hpp"
#include "lint/finding.hpp"

namespace cm::command {

/// Lines for what nobody has been asked about yet: not what is lost and what breaks, which `dev`
/// tells by itself, nor notes. Empty if there is none.
std::string lint_remarks(std::vector<lint::Finding> const& findings, SourceMap const& sources);

}  // namespace cm::command
