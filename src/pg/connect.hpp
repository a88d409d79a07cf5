// Opening a libpq connection: time limits, interrupts, and failures told apart without reading
// English.
#pragma once

#include <functional>
#include <memory>

#include "pg/url.hpp"

struct pg_conn;  // libpq's PGconn

namespace cm::pg {

struct CloseConnection {
    void operator()(pg_conn* connection) const;
};

using Handle = std::unique_ptr<pg_conn, CloseConnection>;

struct Opened {
    Handle handle{};
    bool search_path_set{};  ///< false if a pooler refused start-up options: a SET must follow
};

/// Throws Failure CM0402 … CM0405. `meanwhile` is called once, while the server starts its process
/// for us.
Opened open(Url const& url, std::function<void()> const& meanwhile);

}  // namespace cm::pg
