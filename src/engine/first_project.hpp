// What `init` writes.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cm::engine {

struct FirstFiles {
    std::vector<std::string> written{};
    std::vector<std::string> kept{};  ///< were there already
};

/// Writes prisma/schema.prisma, .env, cm-migrate.json and a line in .gitignore; never overwrites.
/// Throws Failure CM0060 if a schema is there already.
FirstFiles write_first_files(std::filesystem::path const& folder,
                             std::optional<std::string> const& url);

}  // namespace cm::engine
