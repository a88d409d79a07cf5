// Settings that only newer servers know are left alone on older ones.
#include "pg/time_limits.hpp"

namespace cm::pg {

std::string no_time_limits(int server_version) {
    constexpr int with_idle_session_timeout = 140000;
    constexpr int with_transaction_timeout = 170000;
    std::string statements =
        "; SET statement_timeout = 0; SET lock_timeout = 0; "
        "SET idle_in_transaction_session_timeout = 0";
    if (server_version >= with_idle_session_timeout) statements += "; SET idle_session_timeout = 0";
    if (server_version >= with_transaction_timeout) statements += "; SET transaction_timeout = 0";
    return statements;
}

}  // namespace cm::pg
