// What cm-migrate.json says under "lint".
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "base/diagnostic.hpp"
#include "lint/settings.hpp"

namespace cm::engine {

/// `place` is that of the key, for what has none of its own. Reports unknown keys (CM0021), wrong
/// values (CM0022) and unknown rules (CM0070).
lint::Settings read_lint_settings(nlohmann::json const& value, FileId file, Span place,
                                  SourceMap const& sources, Diagnostics& diagnostics);

}  // namespace cm::engine
