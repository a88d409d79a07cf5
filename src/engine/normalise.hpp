// Expressions that only the server can judge: `dbgenerated("…")` is compared as PostgreSQL would
// print it.
#pragma once
#include <functional>

#include "pg/connection.hpp"
#include "schema/schema.hpp"

namespace cm::engine {

/// Gives a connection when there is something to ask, and only then.
using Server = std::function<pg::Connection&()>;

/// For each default and each condition of a partial index that differs from the one in `actual`,
/// asks the server what it makes of the declared one. Nothing is left behind on the server. What it
/// refuses stays as it is.
schema::Schema normalise(schema::Schema declared, schema::Schema const& actual,
                         Server const& server);

}  // namespace cm::engine
