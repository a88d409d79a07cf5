// A database as SQL text, from which it can be made: in one file, or in a folder with a file for
// each table, view, routine and type. The same database always gives the same text.
#pragma once
#include <string>
#include <vector>

#include "schema/schema.hpp"

namespace cm::schema {

struct SqlFile {
    std::string path{};  ///< in the folder: "tables/users.sql"
    std::string text{};
    bool operator==(SqlFile const&) const = default;
};

struct SqlFileOptions {
    /// Names in it are written without their schema; with "" all have theirs.
    std::string bare = "public";
    /// What lies in another schema lies in a folder of its name.
    std::string main_schema = "public";
};

/// Everything in a file, in an order in which psql can run it. Empty for a database as it is when
/// it is made.
std::string sql_text(Schema const& schema, SqlFileOptions const& options);

/// By path. Their statements are in an order that works within each file.
std::vector<SqlFile> sql_files(Schema const& schema, SqlFileOptions const& options);

/// Likewise what stands beside models of the Prisma language, which have the rest: no tables,
/// columns, keys and enums.
std::vector<SqlFile> object_files(Schema const& schema, SqlFileOptions const& options);

}  // namespace cm::schema
