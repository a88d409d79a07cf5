// Tables that take part in logical replication, for those who drop and make them anew: the server
// takes a dropped table out of its publications and subscriptions, and does not put the new one in.
#pragma once
#include <string>
#include <vector>

#include "pg/connection.hpp"

namespace cm::engine {

/// A publication that names tables, or a subscription that fills them.
struct Replication {
    bool is_subscription{};
    std::string name{};
    std::string restoring{};  ///< the statement that takes the tables in again
    bool operator==(Replication const&) const = default;
};

/// Of the tables in the schemas. Throws Failure CM0558 if a lock is not free in time, which the
/// condition of a publication needs.
std::vector<Replication> replications(pg::Connection& connection,
                                      std::vector<std::string> const& schemas);

}  // namespace cm::engine
