// A schema that is written in SQL, as text: its files, cut into statements of which each knows what
// it stands for and under which settings it was written.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/source.hpp"
#include "engine/project.hpp"
#include "object/object.hpp"
#include "sql/source_statement.hpp"
#include "sql/split.hpp"

namespace cm::engine {

/// One file, cut into statements.
struct SourceFile {
    FileId file{};
    std::string name{};  ///< as it is shown
    sql::Script script{};
};

/// One statement that is to be loaded.
struct SourceItem {
    sql::SourceStatement statement{};
    std::size_t file{};      ///< index into SourceText::files
    std::size_t index{};     ///< of the statement in the file's script
    std::size_t settings{};  ///< index into SourceText::settings
};

/// `-- @renamed from old` (source_renames.hpp).
struct SourceRename {
    sql::QualifiedName object{};  ///< that the statement makes, as it is written
    sql::SourcePhase phase = sql::SourcePhase::table;  ///< which tells what it is
    std::string part{};  ///< a column of the table, a value of the type …; empty: the object
    object::FormerNames former_names{};
};

struct SourceText {
    std::vector<SourceFile> files{};
    std::vector<SourceItem> items{};  ///< in the order in which they are tried
    /// What a statement has SET before it, such as search_path: statements of SQL. The first is
    /// empty.
    std::vector<std::string> settings{{}};
    std::vector<SourceRename> renames{};
    bool is_dump{};  ///< pg_dump has written it, in the order that it needs
};

/// Throws Failure CM0030 (nothing there), CM0507 (bytes or commands that no server takes), CM0340
/// with all statements that no schema may hold.
SourceText read_source_text(Project const& project, std::filesystem::path const& schema,
                            SourceMap& sources);

/// With the statements of a text that was generated, before those of `files`.
SourceText with_generated(std::string name, std::string_view script, SourceText files,
                          SourceMap& sources);

/// True if loading it may call something that it has defined itself.
bool makes_routines(SourceText const& text);

}  // namespace cm::engine
