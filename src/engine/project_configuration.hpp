// The files that say where a project's schema, migrations and database are: which of them count,
// and what is read from them.
#pragma once
#include "engine/project.hpp"

namespace cm::engine {

/// As messages show it, and as this process opens it: see display_path and path_to_open.
std::string shown_path(std::filesystem::path const& root, std::filesystem::path const& path);
std::filesystem::path openable_path(std::filesystem::path const& root,
                                    std::filesystem::path const& path);

/// Where a schema is looked for that nobody names.
std::filesystem::path usual_schema(std::filesystem::path const& root);
/// Whether there is one, or a file that names one.
bool has_usual_schema(std::filesystem::path const& root);

/// cm-migrate.json, or what `--config` names instead: of a script and of it, the other one is read
/// if it is there.
Configuration load_configuration(std::filesystem::path const& root, ProjectOptions const& options,
                                 SourceMap& sources);

/// Where the schema of a project of Drizzle is: as it is named, or where there is no other one.
std::optional<std::filesystem::path> drizzle_config_of(std::filesystem::path const& root,
                                                       ProjectOptions const& options,
                                                       Configuration const& configuration);

/// cm-migrate.json that speaks of another project in the same folder: what it says of the database
/// counts for both.
void keep_common_settings(Configuration& configuration);

/// prisma.config.ts or drizzle.config.ts as a source, and where it lies.
struct ConfigScriptFile {
    std::filesystem::path path{};
    FileId file{};
};

std::optional<ConfigScriptFile> load_config_script(
    std::filesystem::path const& root, ProjectOptions const& options,
    std::optional<std::filesystem::path> const& drizzle, SourceMap& sources);

/// What the script says in the environment as it is known by now.
PrismaConfig read_config(ConfigScriptFile const& script, Project& project,
                         SourceMap const& sources);

}  // namespace cm::engine
