// What a statement does to the tables of a database, as a server shows it.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "pg/connection.hpp"
#include "sql/lock_mode.hpp"

namespace cm::test {

struct MeasuredEffect {
    sql::LockMode lock{};  ///< the strongest
    bool scans{};          ///< all rows are read
    bool rewrites{};       ///< it has a new file
    bool builds_index{};
    bool operator==(MeasuredEffect const&) const = default;
};

/// By the relation's name in the search path, of those that were there before.
using Measurement = std::map<std::string, MeasuredEffect>;

/// Runs the statement in a transaction and takes it back.
Measurement measure_in_transaction(pg::Connection& connection, std::string const& statement);

/// Runs a statement that cannot run in a transaction, while another session holds what `holders`
/// say, one after the other; where it has to wait, its locks are looked at. `restore` puts the
/// tables back.
Measurement measure_alone(pg::Url const& url, std::string const& statement,
                          std::string_view holders, std::string const& restore);

}  // namespace cm::test
