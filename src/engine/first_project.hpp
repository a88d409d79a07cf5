// What `init` writes.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "engine/project.hpp"

namespace cm::engine {

struct FirstFiles {
    std::vector<std::string> written{};
    std::vector<std::string> kept{};  ///< were there already
    std::string schema{};             ///< the one of them that is the schema
};

/// Writes a first schema where the project's settings say (prisma/schema.prisma), .env,
/// cm-migrate.json and a line in .gitignore; never overwrites. Throws Failure CM0060 if a schema is
/// there already.
FirstFiles write_first_files(Project const& project, std::optional<std::string> const& url);

/// The line of .env that reads back as that URL.
std::string dotenv_line(std::string const& name, std::string const& url);

}  // namespace cm::engine
