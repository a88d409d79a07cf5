// One table for both occasions: the same SQLSTATE can ask for something else where no statement has
// been sent yet.
#include "pg/advice.hpp"

#include <algorithm>
#include <array>

#include "base/sqlstate.hpp"

namespace cm::pg {
namespace {

struct Advice {
    std::string_view state{};
    std::string_view of_statement{};
    std::string_view of_connecting{};
};

constexpr std::string_view options = "check `options` in the URL and PGOPTIONS in the environment";

constexpr std::array all{
    Advice{sqlstate::read_only_sql_transaction,
           "the server is read-only: connect to the primary, not a replica; or "
           "default_transaction_read_only is set for the database or role",
           ""},
    Advice{sqlstate::insufficient_privilege, "use a role that has the privilege, or ask for it",
           ""},
    Advice{sqlstate::disk_full, "the server's disk is full: free up space first", ""},
    Advice{sqlstate::out_of_memory,
           "the server is out of memory or its lock table is full: check its log and settings", ""},
    Advice{sqlstate::too_many_connections, "close other connections or raise max_connections",
           "close other connections or raise max_connections, then retry"},
    Advice{sqlstate::lock_not_available,
           "another session holds the lock: retry when it has finished", ""},
    Advice{sqlstate::deadlock_detected, "two sessions were waiting for each other: retry", ""},
    Advice{sqlstate::cannot_connect_now, "",
           "the server is starting up or shutting down: retry in a moment"},
    Advice{sqlstate::undefined_object, "", options},
    Advice{sqlstate::invalid_parameter_value, "", options},
};

std::string_view find(std::string_view state, std::string_view Advice::*help) {
    auto const* const found =
        std::find_if(all.begin(), all.end(), [&](Advice const& one) { return one.state == state; });
    return found == all.end() ? std::string_view{} : (*found).*help;
}

}  // namespace

std::string_view advice_for(std::string_view sqlstate) {
    return find(sqlstate, &Advice::of_statement);
}

std::string_view connect_advice_for(std::string_view sqlstate) {
    return find(sqlstate, &Advice::of_connecting);
}

}  // namespace cm::pg
