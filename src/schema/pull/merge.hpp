// The draft put into the files that are there: what they say rightly stays as it is written, to the
// letter; only what the database has otherwise is changed.
#pragma once
#include <string>
#include <vector>

#include "dsl/ast.hpp"
#include "schema/pull/draft.hpp"

namespace cm::schema {

/// A schema as it is written. `declared` is what a database would have from it, in the form that
/// compares with the actual one.
struct ParsedSchema {
    SourceMap const& sources;
    std::vector<FileId> files{};
    dsl::Document const& document;
    dsl::DataModel const& model;
    Schema const& declared;
};

struct Merged {
    std::vector<std::string> texts{};  ///< of the files, unformatted
    std::string new_blocks{};          ///< what has no place in them
};

/// `views_are_read`: the draft has the database's views, so that others are gone.
Merged merge(Draft const& draft, Schema const& actual, ParsedSchema const& written,
             DraftOptions const& options, bool views_are_read);

}  // namespace cm::schema
