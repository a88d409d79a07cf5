// The front door of the schema language: text in, checked DataModel and diagnostics out.
#pragma once
#include <vector>

#include "base/diagnostic.hpp"
#include "base/source.hpp"
#include "dsl/ast.hpp"
#include "dsl/datamodel.hpp"
#include "dsl/naming.hpp"

namespace cm::dsl {

/// Parses files already in `sources`; recovers after each error.
Document parse(SourceMap const& sources, std::vector<FileId> const& files,
               Diagnostics& diagnostics);

/// Resolves names and binds attributes. What is wrong is reported and left out of the result.
DataModel resolve(Document const& document, Naming const& naming, Diagnostics& diagnostics);

/// Runs every rule of dsl/check/ that needs the whole model.
void check(DataModel const& model, Diagnostics& diagnostics);

/// parse, resolve and check. With errors in `diagnostics` the model must not be used.
DataModel read(SourceMap const& sources, std::vector<FileId> const& files, Naming const& naming,
               Diagnostics& diagnostics);

}  // namespace cm::dsl
