// Poolers between us and the server. One that hands out a server connection for a transaction only
// keeps no session: locks and settings would end up with somebody else.
#pragma once
#include "pg/connection.hpp"

namespace cm::pg {

/// The number of the server's process behind the connection. Throws Failure CM0414 if a pooler in
/// transaction mode stands between.
int refuse_transaction_pooler(Connection& connection);

}  // namespace cm::pg
