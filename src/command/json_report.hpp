// Diagnostics for programs: the one place that knows their form as JSON.
#pragma once
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/source.hpp"

namespace cm::command {

/// `{"diagnostics": […]}` with a line end; lines and columns start at 1, an end lies behind the
/// last character.
std::string json_report(std::vector<Diagnostic> const& diagnostics, SourceMap const& sources);

}  // namespace cm::command
