// What ALTER COLUMN … TYPE costs: the one list of changes for which PostgreSQL leaves the rows as
// they are (manual, ALTER TABLE, Notes; ATColumnChangeRequiresRewrite in tablecmds.c).
#pragma once
#include <cstdint>

#include "sql/type.hpp"

namespace cm::sql {

/// From cheap to dear.
enum class TypeChangeCost : std::uint8_t {
    catalog,           ///< only the catalog changes
    rebuilds_indexes,  ///< rows stay as they are, indexes over the column are built anew
    rewrites_table,    ///< and all its indexes
};

/// The same on PostgreSQL 12 to 18. `is_utc`: the session's TimeZone never differs from UTC, where
/// `timestamp` and `timestamptz` hold the same values. Types that are not PostgreSQL's own count as
/// rewritten unless they are equal.
TypeChangeCost type_change_cost(Type const& from, Type const& to, bool is_utc = false);

/// True if each row is written anew.
bool is_rewritten(Type const& from, Type const& to, bool is_utc = false);

}  // namespace cm::sql
