// Opening a libpq connection: time limits, interrupts, and failures told apart without reading
// English.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string_view>

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

/// How long servers are waited for that are not there yet: that refuse the connection, do not
/// answer, have a name that is not known yet, or are starting. One that says no is not waited for,
/// nor is one that has answered before.
struct ConnectPatience {
    std::chrono::milliseconds time{};
    /// Told before each further attempt.
    std::function<void(Url const& url, std::string_view reason, int attempt,
                       std::chrono::milliseconds elapsed)>
        waiting{};
};

/// For all connections of the process from now on. Not while another thread connects.
void set_connect_patience(ConnectPatience patience);

/// Throws Failure CM0402 … CM0405. `meanwhile` is called once, while the server starts its process
/// for us.
Opened open(Url const& url, std::function<void()> const& meanwhile);

}  // namespace cm::pg
