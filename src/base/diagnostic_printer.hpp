// Shows diagnostics to people: the source lines with carets, then notes and helps. The only place
// that knows about tabs, wide characters, long lines and colors.
#pragma once
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/source.hpp"

namespace cm {

/// Whether the text goes to a terminal that shows colors.
enum class Color { never, always };

/// One diagnostic, ending in a line end.
std::string render(Diagnostic const& diagnostic, SourceMap const& sources, Color color);

/// All of them with an empty line between each two.
std::string render(std::vector<Diagnostic> const& diagnostics, SourceMap const& sources,
                   Color color);

}  // namespace cm
