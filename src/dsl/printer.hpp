// The values between the stages as stable text, for those who work on cm-migrate.
#pragma once
#include <string>

#include "base/buffered_sink.hpp"
#include "base/source.hpp"
#include "dsl/ast.hpp"
#include "dsl/token.hpp"

namespace cm::dsl {

/// A line a token: place, kind, text.
void print(Tokens const& tokens, SourceMap const& sources, TextSink const& out);

/// A line a node, indented.
std::string print(Document const& document, SourceMap const& sources);

}  // namespace cm::dsl
