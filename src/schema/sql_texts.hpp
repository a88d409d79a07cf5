// SQL that a schema file holds: what of it reaches a server as it is written.
#pragma once
#include "base/diagnostic.hpp"
#include "dsl/datamodel.hpp"

namespace cm::schema {

/// Reports each `dbgenerated("…")`, `raw("…")` and `Unsupported("…")` that is not exactly one
/// expression, operator class or type to PostgreSQL's parser: it could end the statement that it
/// stands in, and begin another. Warns of words that become a moment once and for all.
void check_sql_texts(dsl::DataModel const& model, Diagnostics& diagnostics);

}  // namespace cm::schema
