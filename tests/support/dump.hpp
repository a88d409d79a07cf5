// Witnesses of whether two databases are the same: pg_dump, and the catalog's own words.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "support/database.hpp"

namespace cm::test {

/// `pg_dump --schema-only`, without the tests' neighbours (crowded_house.hpp) and what differs from
/// run to run and with columns in alphabetical order; none if the server is newer than pg_dump,
/// which refuses it.
std::optional<std::string> dump_schema(std::string const& url);

/// Does the order of an enum's values count?
enum class EnumOrder { counts, does_not };

/// All that is in the database but neighbours, a line each, as any server words it (snapshot.sql);
/// much quicker than pg_dump.
std::string snapshot(Session& session, EnumOrder order = EnumOrder::counts);

/// Sorts the lines between `CREATE TABLE … (` and `);`, leaving out their commas: a migrated table
/// has its columns in the order in which they came.
std::string with_sorted_columns(std::string_view dump);

}  // namespace cm::test
