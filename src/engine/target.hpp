// Which database a command works on.
#pragma once
#include <optional>
#include <string>

#include "engine/project.hpp"
#include "pg/url.hpp"

namespace cm::engine {

struct Target {
    pg::Url url{};
    std::optional<pg::Url> shadow_url{};  ///< shadowDatabaseUrl
    bool is_fallback = false;             ///< private because there is no URL
    bool is_private = false;              ///< on the project's private server
};

/// What to do when no URL is given anywhere.
enum class WithoutUrl {
    use_private_server,  ///< dev, push, reset, seed
    existing_only,       ///< status, pull: the private server if there is one; a new one is empty
    refuse,              ///< deploy, resolve: never a silent fall-back
};

/// --url, --local, the datasource block's directUrl or url, else DATABASE_URL. Starts the private
/// server where that is the answer. Throws Failure CM0040 when there is no URL and none may be made
/// up, CM0041 for a wrong literal.
Target find_target(Project const& project, std::optional<dsl::Datasource> const& datasource,
                   WithoutUrl without_url);

/// The same for a command that changes nothing: none where a private server would have to be made.
std::optional<Target> find_existing_target(Project const& project,
                                           std::optional<dsl::Datasource> const& datasource,
                                           WithoutUrl without_url);

/// The URL alone, if there is one; starts nothing.
std::optional<pg::Url> find_url(Project const& project,
                                std::optional<dsl::Datasource> const& datasource);

/// The same for a command that can do without: also none if the URL is not PostgreSQL's, such as
/// `prisma://…`.
std::optional<pg::Url> find_usable_url(Project const& project,
                                       std::optional<dsl::Datasource> const& datasource);

/// The project's database, for a command that only needs a server: none if there is no URL, or
/// nobody answers. What else may be wrong is told by whoever needs it.
std::optional<Target> find_reachable_target(Project const& project,
                                            std::optional<dsl::Datasource> const& datasource);

/// The schema that the URL names, which need not be one that can be used; else `public`.
std::string schema_of_url(Project const& project, std::optional<dsl::Datasource> const& datasource);

/// The name of the project's database on its private server.
std::string private_database_name(Project const& project);

/// Schemas of the database that the project manages: `schemas` of the datasource, else the URL's.
/// What lies in others is not ours, the URL's included if the list leaves it out. Beside a schema
/// in SQL all are read (schema::every_schema): whose they are shows when they are compared
/// (schema::without_strangers).
std::vector<std::string> managed_schemas(Project const& project,
                                         std::optional<dsl::Datasource> const& datasource,
                                         pg::Url const& url);

/// Where migrations are recorded.
history::MigrationsTable migrations_table_of(Project const& project, pg::Url const& url);

}  // namespace cm::engine
