// A data model and the SQL files beside it are one schema: their statements are one pool.
#pragma once
#include "engine/declaration.hpp"
#include "engine/normalize.hpp"
#include "engine/sql_source/source_text.hpp"
#include "schema/schema.hpp"

namespace cm::engine {

/// The statements that the model lowers to, less what the files define themselves, and those of the
/// files. `bare`: the schema that unqualified names mean.
SourceText pooled_source(Declaration const& declaration, std::string const& bare,
                         schema::ExternalObjects const& external, SourceMap& sources);

/// What the model declares, with the details that it leaves to a database from `actual`, and what
/// the files say, as it was `loaded`: definitions, and the objects and columns that they name.
/// `server`: tells of expressions of the model. `renames`: beside those that both say.
Normalized declared_schema_with_files(Declaration const& declaration, schema::Schema const& loaded,
                                      schema::Schema const& actual, std::string const& bare,
                                      schema::ExternalObjects const& external, Server const& server,
                                      std::vector<schema::RenameFlag> const& renames = {});

/// What a replay made by `replayer` has otherwise than a source that `loader` has loaded, and means
/// the same: its owners, and stubs in the place of routines that reach out.
void forget_replay(schema::Schema& made, std::string const& replayer, schema::Schema const& loaded,
                   std::string const& loader);

/// Throws Failure CM0343 if files and model define the same in two ways, as far as the model's
/// language goes.
void refuse_disagreement(Declaration const& declaration, schema::Schema const& loaded,
                         std::string const& bare, schema::ExternalObjects const& external);

}  // namespace cm::engine
