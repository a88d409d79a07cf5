// `-- @renamed from old` in a schema that is written in SQL: directly above a statement, at the end
// of the line of a column or value, or directly above that line.
#pragma once
#include "base/diagnostic.hpp"
#include "engine/sql_source/source_text.hpp"
#include "schema/schema.hpp"

namespace cm::engine {

/// Those of one file. Reports CM0114 for what cannot be read or stands beside nothing.
std::vector<SourceRename> read_source_renames(SourceText const& text, std::size_t file,
                                              SourceMap const& sources, Diagnostics& diagnostics);

/// Lets what was loaded from the text know its former names. `bare`: the schema that unqualified
/// names mean.
void add_former_names(schema::Schema& declared, SourceText const& text, std::string const& bare);

}  // namespace cm::engine
