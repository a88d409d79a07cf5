// The modes in which PostgreSQL locks tables (manual, 13.3.1), and which of them get in each
// other's way (table 13.2).
#pragma once
#include <cstdint>
#include <string_view>

namespace cm::sql {

/// From weak to strong; each conflicts with at least as many modes as the one before it, `share`
/// and `share_update_exclusive` aside, which differ: two SHARE go together.
enum class LockMode : std::uint8_t {
    none,
    access_share,            ///< SELECT
    row_share,               ///< SELECT … FOR UPDATE
    row_exclusive,           ///< INSERT, UPDATE, DELETE
    share_update_exclusive,  ///< VACUUM, VALIDATE CONSTRAINT, CREATE INDEX CONCURRENTLY
    share,                   ///< CREATE INDEX
    share_row_exclusive,     ///< CREATE TRIGGER, ADD FOREIGN KEY
    exclusive,               ///< REFRESH MATERIALIZED VIEW CONCURRENTLY
    access_exclusive,        ///< DROP TABLE, most forms of ALTER TABLE
};

/// As LOCK TABLE takes it and the manual prints it: "SHARE ROW EXCLUSIVE".
std::string_view describe(LockMode mode);

/// As pg_locks and the server's log print it: "ShareRowExclusiveLock".
std::string_view catalog_name(LockMode mode);

/// The mode that pg_locks calls so; `none` if there is none.
LockMode lock_mode_named(std::string_view catalog_name);

/// True if two transactions cannot hold them on the same table at the same time.
bool conflicts(LockMode a, LockMode b);

/// True if SELECT has to wait for it.
bool blocks_reads(LockMode mode);

/// True if INSERT, UPDATE and DELETE have to wait for it.
bool blocks_writes(LockMode mode);

/// Whichever is the stronger.
LockMode stronger(LockMode a, LockMode b);

}  // namespace cm::sql
