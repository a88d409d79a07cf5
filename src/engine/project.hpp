// A project: where its schema, migrations and settings are. Nothing here talks to a server.
#pragma once
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/source.hpp"
#include "dsl/datamodel.hpp"
#include "engine/configuration.hpp"
#include "engine/environment.hpp"
#include "engine/prisma_config.hpp"
#include "history/migrations_table.hpp"
#include "pg/local_server.hpp"

namespace cm::engine {

/// What the command line says about where things are.
struct ProjectOptions {
    std::optional<std::string> schema{};
    std::optional<std::string> configuration{};
    std::optional<std::string> url{};
    std::optional<std::string> env_file{};  ///< its variables go before those of .env
    bool local = false;  ///< --local: the project's private server, whatever the environment says
    /// How long reading a database may wait for a lock; zero: as long as the server says.
    std::chrono::milliseconds read_lock_timeout{5000};
    bool trust_source = false;         ///< --trust-source, see LoadedSource
    std::chrono::milliseconds wait{};  ///< for a server that is not there yet
};

struct Project {
    std::filesystem::path root{};  ///< the working folder
    Configuration configuration{};
    std::optional<PrismaConfig> prisma_config{};        ///< prisma.config.ts, or Drizzle's
    Environment environment{};                          ///< with the .env files' variables
    std::vector<std::filesystem::path> dotenv_files{};  ///< those that were loaded
    std::filesystem::path schema{};                     ///< a file or a folder; need not exist
    bool is_sql = false;                                ///< the schema is written in SQL
    /// A program that prints the schema, run in the working folder; `schema` is then the file that
    /// names it.
    std::optional<std::string> schema_command{};
    /// `schema` is drizzle.config.ts. Such a project is one beside others in its database: it owns
    /// no more than what it has made (see engine/neighbours).
    bool is_drizzle = false;
    std::string package_name{};  ///< of such a project, in package.json; tells several apart
    std::vector<std::string> managed_schemas{};  ///< by name; none: see engine::managed_schemas
    std::optional<std::string> other_config{};   ///< a project of Drizzle that was not chosen
    bool schema_is_named = false;                ///< by an option or a setting: then it must exist
    /// SQL files beside a schema of the Prisma language: what that cannot say.
    std::optional<std::filesystem::path> objects{};
    bool is_mixed = false;               ///< what such files can say counts
    std::filesystem::path migrations{};  ///< need not exist
    std::optional<std::string> seed{};
    ProjectOptions options{};
};

/// Finds schema and migrations: options, cm-migrate.json, prisma.config.ts, package.json, the usual
/// places.
Project open_project(Environment environment, ProjectOptions const& options, SourceMap& sources);

/// The path as this process opens it: relative if the project is the working folder, so that errors
/// about it are short.
std::filesystem::path path_to_open(Project const& project, std::filesystem::path const& path);

/// The path as messages show it: relative to the project where that is shorter.
std::string display_path(Project const& project, std::filesystem::path const& path);

/// The file that a first schema is to be written to; none if there is a schema.
std::optional<std::filesystem::path> place_of_first_schema(Project const& project);

/// Its datasource block: without a URL where prisma.config.ts gives one.
std::string first_datasource(Project const& project);

/// The command that prints the schema which this path stands for: drizzle.config.ts, or the file
/// that names a command. None if the schema is there itself.
std::optional<std::string> schema_command_of(Project const& project,
                                             std::filesystem::path const& schema);

/// True if the path is a schema in SQL: a file that ends in .sql, a folder with such files and
/// none of the Prisma language, or what a command prints.
bool is_sql_schema(Project const& project, std::filesystem::path const& schema);

/// The SQL files beside a schema of the Prisma language, which say what that cannot: those of the
/// project, where it lies beside the project's schema or is that; else the folder `objects` beside
/// it, if it has any.
std::optional<std::filesystem::path> objects_of(Project const& project,
                                                std::filesystem::path const& schema);

/// The files of a folder and of the folders in it that end so, by path; what is hidden is not
/// meant. Throws Failure CM0031.
std::vector<std::filesystem::path> files_ending(std::filesystem::path const& folder,
                                                std::string_view extension);

/// The *.prisma files of a schema path (a folder: recursively, by name), added to `sources`. Throws
/// Failure CM0030 if there are none.
std::vector<FileId> load_schema_files(Project const& project, std::filesystem::path const& schema,
                                      SourceMap& sources);

/// The datasource block, whatever is wrong with the rest of the file; none if there is no schema
/// file either.
std::optional<dsl::Datasource> read_datasource(Project const& project, SourceMap& sources);
std::optional<dsl::Datasource> read_datasource(Project const& project,
                                               std::filesystem::path const& schema,
                                               SourceMap& sources);

/// The private server of the project: `.cm-migrate/postgres`.
pg::LocalServer local_server(Project const& project);

}  // namespace cm::engine
