// prisma.config.ts: what a project of Prisma 7 says about itself, read without Node.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/source.hpp"
#include "engine/environment.hpp"

namespace cm::engine {

/// A URL of the datasource.
struct ConfiguredUrl {
    std::optional<std::string> text{};
    std::string missing_variable{};  ///< the variable that it is taken from and that is not set
    bool is_unclear = false;         ///< the file gives one in a way that is not understood
    bool operator==(ConfiguredUrl const&) const = default;
};

struct PrismaConfig {
    std::string file{};  ///< as messages show it
    /// Paths are absolute; the files they name need not exist.
    std::optional<std::string> schema{};
    std::optional<std::string> migrations{};
    std::optional<std::string> seed{};
    ConfiguredUrl url{};
    ConfiguredUrl direct_url{};
    ConfiguredUrl shadow_database_url{};
    std::vector<std::string> external_tables{};
    std::vector<std::string> external_enums{};
    std::vector<std::filesystem::path> dotenv_files{};  ///< that the file has dotenv load
    /// CM0062 for each part that is not understood, with its place and where to say it instead.
    std::vector<Diagnostic> warnings{};
};

/// prisma.config.ts (.mts, .cts, .js, .mjs, .cjs) or .config/prisma.ts of a project's folder.
std::optional<std::filesystem::path> find_prisma_config(std::filesystem::path const& root);

/// True for a file that is such a configuration by its name.
bool is_config_script(std::string_view file_name);

/// Reads the file, which is registered in `sources`; `path` is where it lies. `environment` is what
/// process.env is taken to be: first without, then with the .env files that the result names.
PrismaConfig read_prisma_config(FileId file, std::filesystem::path const& path,
                                Environment const& environment, SourceMap const& sources);

}  // namespace cm::engine
