// Opening a libpq connection: time limits, interrupts, and failures told apart without reading
// English.
#pragma once
#include <libpq-fe.h>

#include <memory>

#include "pg/url.hpp"

namespace cm::pg {

struct CloseConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};

using Handle = std::unique_ptr<PGconn, CloseConnection>;

struct Opened {
    Handle handle{};
    bool search_path_set{};  ///< false if a pooler refused start-up options: a SET must follow
};

/// Throws Failure CM0402 … CM0405.
Opened open(Url const& url);

}  // namespace cm::pg
