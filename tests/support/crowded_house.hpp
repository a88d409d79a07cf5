// The neighbours of the tests' databases: other people's schema, roles, settings, an odd
// environment (tests/house). run_with_server puts them onto its server once, as a template; after
// each test they must be as they were.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "support/database.hpp"

namespace cm::test::house {

/// Makes the neighbours on a server of the superuser's URL: roles, the template of the tests'
/// databases, and a database of theirs.
void settle(std::string const& server);

/// Are there neighbours on this server? One that somebody else has started has none.
bool is_settled(Session& server);

/// False for a test that has to wait without neighbours (tests/house/kept_out).
bool is_open_to_this_test();

/// `CREATE DATABASE`, of the role of the same name, with the neighbours if the server has them.
void make_database(Session& server, std::string const& name);

/// One number for all that is theirs in the database and on its server; nothing where they do not
/// live.
std::string digest(std::string const& database_url);
std::string digest(Session& database);

/// What has become of them since they moved in: a diff, empty if nothing. `expected` is the digest
/// that they had.
std::string disturbance(std::string const& server, std::string const& name,
                        std::string const& expected);

/// The digest of a database that nobody has used.
std::string first_digest(Session& server);

/// What is set in the environment of the program under test, unless a test sets it itself.
std::map<std::string, std::string> const& environment();

/// Programs that are to be called by these names in a folder that comes first in PATH: cm-migrate
/// with that environment, and psql, which shows values as ever.
void put_programs(std::filesystem::path const& folder, std::filesystem::path const& psql);

/// All that run_with_server compares before and after: roles and their settings, the server's
/// settings, their own database; by pg_dumpall and pg_dump, too, where the folder has them.
std::string inventory(std::string const& server, std::filesystem::path const& binaries);

}  // namespace cm::test::house
