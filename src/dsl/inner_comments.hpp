// Block comments in the middle of a line, which Prisma does not read.
#pragma once
#include "base/diagnostic.hpp"
#include "dsl/token.hpp"

namespace cm::dsl {

/// Reports block comments with something of the same line on both sides.
void refuse_inner_comments(Tokens const& tokens, Diagnostics& diagnostics);

}  // namespace cm::dsl
