// Transactions, and what stands at the beginning of one. Declared in connection.hpp.
#include <fmt/format.h>

#include "base/log.hpp"
#include "pg/connection.hpp"

namespace cm::pg {

Transaction::Transaction(Connection& connection, std::string_view begin) : connection_(connection) {
    connection_.execute(begin);
}

Transaction::~Transaction() {
    if (!open_) {
        return;
    }
    InterruptsIgnored const tidying{};
    try {
        connection_.execute("ROLLBACK");
    } catch (std::exception const& gone) {
        // The connection is gone: the server has rolled back already.
        log::swallowed("rolling back", gone);
    }
}

void Transaction::commit() {
    connection_.execute("COMMIT");
    open_ = false;
}

std::string read_lock_limit(Connection const& connection) {
    auto const timeout = connection.read_lock_timeout().count();
    return timeout == 0 ? "" : fmt::format("SET LOCAL lock_timeout = {};", timeout);
}

}  // namespace cm::pg
