// What a project declares: a data model in the Prisma language, or a schema in SQL.
#pragma once
#include <memory>
#include <vector>

#include "base/diagnostic.hpp"
#include "dsl/datamodel.hpp"
#include "engine/project.hpp"
#include "schema/rename_flags.hpp"

namespace cm::engine {

struct SourceText;

struct Declaration {
    dsl::DataModel model{};  ///< of the Prisma language; else nothing
    /// Of a schema in SQL, or of the SQL files beside a model (objects_of); else null.
    std::shared_ptr<SourceText const> sql{};
    std::vector<Diagnostic> warnings{};
    bool is_mixed{};                            ///< a model, and SQL files beside it
    std::vector<schema::RenameFlag> renames{};  ///< said for this change, beside the declaration
};

/// The checked schema of the project. Of SQL each statement may stand in a schema; what PostgreSQL
/// says of it shows when it is loaded. Throws Failure with all errors; warnings are returned.
Declaration read_declaration(Project const& project, SourceMap& sources);
Declaration read_declaration(Project const& project, std::filesystem::path const& schema,
                             SourceMap& sources);
/// Of files that load_schema_files has read, without the SQL files beside them.
Declaration read_declaration(Project const& project, std::vector<FileId> const& files,
                             SourceMap const& sources);
/// Adds the SQL files beside a schema of the Prisma language, if there are any (objects_of).
void add_files_beside(Declaration& declaration, Project const& project,
                      std::filesystem::path const& schema, SourceMap& sources);

}  // namespace cm::engine
