// Text of one file to tokens.
#pragma once
#include "base/diagnostic.hpp"
#include "dsl/token.hpp"

namespace cm::dsl {

/// Splits a file; the last token is `end`. Bytes that belong to no token become `invalid` and are
/// reported.
Tokens tokenize(SourceMap const& sources, FileId file, Diagnostics& diagnostics);

}  // namespace cm::dsl
