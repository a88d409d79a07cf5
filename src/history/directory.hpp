// The migrations folder: <name>/migration.sql, ordered by the whole folder name.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.hpp"

namespace cm::history {

/// One folder with a migration.sql.
struct Migration {
    std::string name{};      ///< the folder's name
    std::string file{};      ///< the path of migration.sql
    std::string script{};    ///< the bytes of migration.sql
    std::string checksum{};  ///< SHA-256 of the bytes
    bool operator==(Migration const&) const = default;
};

/// What is left out is named in a warning.
struct Directory {
    std::filesystem::path path{};
    std::vector<Migration> migrations{};
    std::vector<std::string> without_script{};  ///< folders that have no migration.sql
    std::vector<std::string> loose_scripts{};   ///< `*.sql` files that lie beside the folders
};

/// Reads the folder; one that does not exist is empty. Throws Failure (CM0501) if it cannot be
/// read, or if migration_lock.toml names another provider (CM0502).
Directory read_directory(std::filesystem::path const& path);

/// Does a folder's name begin with a time stamp of 14 digits, which orders migrations?
bool has_timestamp(std::string_view name);

/// `name` as a folder name may carry it: lower-case letters, digits and `_` (Prisma's rule), cut so
/// that the whole folder name fits 255 bytes. Throws Failure (CM0503) if it contains `/` or is too
/// long.
std::string slug(std::string_view name);

/// `20251122093000_add_user`; `timestamp` is "20251122093000" (UTC). Moved on by a second while
/// taken or not after the last migration.
std::string next_name(Directory const& directory, std::string_view timestamp,
                      std::string_view slug);

/// What <path>/<name>/migration.sql with that script would be read as; nothing is written.
Migration migration_of(std::filesystem::path const& path, std::string const& name,
                       std::string_view script);

/// Writes <path>/<name>/migration.sql and, if missing, migration_lock.toml: all or nothing.
void write_migration(std::filesystem::path const& path, Migration const& migration);

}  // namespace cm::history
