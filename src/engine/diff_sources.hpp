// The two sides of `diff`: a state of a database from nothing, a schema file, a migrations folder
// or a live server.
#pragma once
#include <string>
#include <variant>

#include "engine/development.hpp"

namespace cm::engine {

struct FromEmpty {};

/// A schema file or folder, in the Prisma language or in SQL (see is_sql_schema).
struct FromSchema {
    std::string path{};
};

/// The database that a schema file's datasource names.
struct FromDatasource {
    std::string path{};
};

struct FromMigrations {
    std::string path{};
};

struct FromUrl {
    std::string url{};
};

using Source = std::variant<FromEmpty, FromSchema, FromDatasource, FromMigrations, FromUrl>;

/// Reads both sides and compares them. Expressions are judged by a server if one of the sides has
/// one. `verify`: the change is tried out first (see verification.hpp). `renames`: beside those
/// that a declaration says.
Change compare_sources(Project const& asking, SourceMap& sources, Source const& from,
                       Source const& to, std::optional<std::string> const& shadow_url,
                       Progress progress, bool verify = false,
                       std::vector<schema::RenameFlag> const& renames = {});

}  // namespace cm::engine
