// drizzle.config.ts: what a project of Drizzle says about itself, read without Node. Its schema is
// what the project's own drizzle-kit prints.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/prisma_config.hpp"

namespace cm::engine {

/// What of it stands in prisma.config.ts likewise is in `common`: the URL, the migrations folder
/// (below `out`), .env files, warnings.
struct DrizzleConfig {
    PrismaConfig common{};
    std::optional<std::string> dialect{};     ///< none if it is not understood
    std::vector<std::string> schemas{};       ///< schemaFilter
    std::vector<std::string> table_filter{};  ///< tablesFilter: patterns, `!` before what is not
};

/// drizzle.config.ts (.mts, .cts, .js, .mjs, .cjs) of a project's folder.
std::optional<std::filesystem::path> find_drizzle_config(std::filesystem::path const& root);

/// True for a file that is such a configuration by its name.
bool is_drizzle_config(std::string_view file_name);

/// Reads the file as read_prisma_config does. Throws Failure CM0065 if it is that of another
/// database.
DrizzleConfig read_drizzle_config(FileId file, std::filesystem::path const& path,
                                  Environment const& environment, SourceMap const& sources);

/// What follows the name of the migrations table: several projects of Drizzle may share a folder
/// and a database. "_drizzle" for drizzle.config.ts, "_drizzle_media" for drizzle.media.config.ts.
std::string drizzle_record_suffix(std::string_view config_file);

/// The command that prints the schema of a project with such a configuration.
std::string drizzle_export(std::string const& config_file);

}  // namespace cm::engine
