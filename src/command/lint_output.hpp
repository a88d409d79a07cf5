// What lint has found, as people and programs read it.
#pragma once
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "command/json_report.hpp"
#include "lint/finding.hpp"

namespace cm::command {

/// As diagnostics, for the report with places and for annotations.
std::vector<Diagnostic> to_diagnostics(std::vector<lint::Finding> const& findings);

/// `findings`: one object each.
std::vector<JsonObject> to_json(std::vector<lint::Finding> const& findings,
                                SourceMap const& sources);

/// A log in SARIF 2.1.0, as code scanning services read it.
std::string to_sarif(std::vector<lint::Finding> const& findings, SourceMap const& sources);

}  // namespace cm::command
