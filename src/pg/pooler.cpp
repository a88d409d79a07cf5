// See pooler.hpp. A pooler answers the start of a session itself and makes up the process number
// that libpq gets to know, so that the true one differs. Which kind of pooler it is shows when a
// second session of ours is given the very process that the first one, still connected, was given.
#include "pg/pooler.hpp"

#include <optional>
#include <stdexcept>

#include "base/diagnostic.hpp"

namespace cm::pg {
namespace {

int process_of(Connection& connection) {
    return static_cast<int>(connection.fetch("SELECT pg_backend_pid() AS pid")[0].integer("pid"));
}

/// The second session waits for a connection to the server: a pool that is used up.
struct NoConnectionLeft : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// True if a process serves both sessions.
bool is_shared(Connection& first, int& process) {
    Connection second{first.url()};
    second.on_wait({.told = [](std::chrono::milliseconds waited) {
        if (waited > std::chrono::seconds(2)) {
            throw NoConnectionLeft("a session keeps its connection");
        }
    }});
    constexpr int attempts = 5;  // others that use the pool may come between
    for (int i = 0; i < attempts; ++i) {
        process = process_of(first);
        Transaction const open{second};
        // Now that the second one holds a connection, the first may be given another.
        if (process_of(second) == process || process_of(first) != process) {
            return true;
        }
    }
    return false;
}

}  // namespace

int refuse_transaction_pooler(Connection& connection) {
    auto process = process_of(connection);
    if (process == connection.backend_pid()) {
        return process;
    }
    bool shared = false;
    try {
        shared = is_shared(connection, process);
    } catch (NoConnectionLeft const&) {
        // Each session has a connection to itself, then.
    }
    if (shared) {
        throw Failure(
            error("CM0414", "the URL points to a connection pooler in transaction mode")
                .note("migrations need a session of their own: in transaction mode each "
                      "transaction may run in another one, and locks and settings are lost")
                .help("set a direct URL in the datasource: `directUrl = env(\"DIRECT_URL\")`; "
                      "cm-migrate uses it for migrations, and the application keeps using `url`")
                .help("or pass the server's own address with `--url`, or the pooler's port for "
                      "session mode"),
            ExitCode::misconfigured);
    }
    return process;
}

}  // namespace cm::pg
