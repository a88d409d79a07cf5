// What a role must be allowed to do with the migrations table, and the GRANT that allows it.
#pragma once
#include <functional>

#include "history/migrations_table.hpp"
#include "pg/connection.hpp"

namespace cm::history {

enum class MigrationsTableUse {
    read,
    write,
    remove,  ///< rows: `resolve --forget`
    create,  ///< the table, and its schema
};

/// Runs `use`; where it fails because a right is missing (42501), Failure CM0406 says what to
/// grant. Other errors pass.
void with_rights(MigrationsTable const& migrations_table, pg::Connection& connection,
                 MigrationsTableUse what, std::function<void()> const& use);

/// Throws that Failure.
[[noreturn]] void throw_no_right(MigrationsTable const& migrations_table,
                                 pg::Connection& connection, MigrationsTableUse what,
                                 pg::ServerMessage const& server);

}  // namespace cm::history
