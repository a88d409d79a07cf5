// What a role must be allowed to do with the migrations table, and the GRANT that allows it.
#pragma once
#include <functional>

#include "history/ledger.hpp"
#include "pg/connection.hpp"

namespace cm::history {

enum class LedgerUse {
    read,
    write,
    remove,  ///< rows: `resolve --forget`
    create,  ///< the table, and its schema
};

/// Runs `use`; where it fails because a right is missing (42501), Failure CM0406 says what to
/// grant. Other errors pass.
void with_rights(Ledger const& ledger, pg::Connection& connection, LedgerUse what,
                 std::function<void()> const& use);

/// Throws that Failure.
[[noreturn]] void throw_no_right(Ledger const& ledger, pg::Connection& connection, LedgerUse what,
                                 pg::ServerMessage const& server);

}  // namespace cm::history
