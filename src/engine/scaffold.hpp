// What `init` writes.
#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/project.hpp"

namespace cm::engine {

struct FirstFiles {
    std::vector<std::string> written{};
    std::vector<std::string> kept{};  ///< were there already
    std::string schema{};             ///< the one of them that is the schema
    bool had_schema{};                ///< a project of Prisma's, most likely
    std::size_t migrations{};         ///< that were there already
    std::string migrations_folder{};
};

/// The first schema of a project that has it in SQL.
std::string_view first_sql_schema();

/// Writes a first schema where the project's settings say (prisma/schema.prisma), .env,
/// cm-migrate.json and lines in .gitignore; never overwrites. Where a schema is, no .env is made
/// unless there is a URL for it, and the settings leave everything as Prisma has it. Throws Failure
/// CM0060 if the project has both a schema and cm-migrate.json.
FirstFiles write_first_files(Project const& project, std::optional<std::string> const& url);

/// The same for a schema in SQL, `schema.sql` unless the settings name another place.
FirstFiles write_first_sql_files(Project const& project, std::optional<std::string> const& url);

/// The description of cm-migrate.json that is installed beside a program, for editors; none if it
/// is not.
std::optional<std::filesystem::path> settings_description(std::filesystem::path const& program);

/// The line of .env that reads back as that URL.
std::string dotenv_line(std::string const& name, std::string const& url);

}  // namespace cm::engine
