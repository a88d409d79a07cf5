// `// @renamed from old` beside a model, enum, field or value: found among the words of a
// file, which the parser reads without its comments, and attached to what they stand beside.
#pragma once
#include <optional>
#include <vector>

#include "base/diagnostic.hpp"
#include "dsl/ast.hpp"
#include "dsl/token.hpp"

namespace cm::dsl {

/// One comment, and the word that tells what it is about.
struct PlacedRename {
    FormerNames former{};
    std::uint32_t line_begin{};  ///< of the first word of the line that it is about
    bool is_behind{};            ///< at the end of that line, not above it
};

/// Reports CM0114 for those that cannot be read, or stand where a formatter would move or delete
/// them: behind `{` or `}`, or apart from what they are about.
std::vector<PlacedRename> read_rename_comments(Tokens const& tokens, Diagnostics& diagnostics);

/// Reports those that stand beside nothing that can be renamed.
void attach(std::vector<PlacedRename> const& comments, std::vector<Block>& blocks,
            Diagnostics& diagnostics);

}  // namespace cm::dsl
