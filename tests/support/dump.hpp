// pg_dump as a witness: what it writes about two databases says whether they are the same.
#pragma once
#include <string>
#include <string_view>

namespace cm::test {

/// `pg_dump --schema-only`, without what differs from run to run and with columns in alphabetical
/// order.
std::string dump_schema(std::string const& url);

/// Sorts the lines between `CREATE TABLE … (` and `);`, leaving out their commas: a migrated table
/// has its columns in the order in which they came.
std::string with_sorted_columns(std::string_view dump);

}  // namespace cm::test
