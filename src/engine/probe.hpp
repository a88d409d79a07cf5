// Facts about hazards: the server is asked how many rows each one concerns.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pg/connection.hpp"
#include "schema/to_sql.hpp"

namespace cm::engine {

/// A hazard that the rows in the database confirm, or that cannot be asked about.
struct Finding {
    object::Hazard hazard{};
    std::string fact{};       ///< «1,204 of 20,000 rows have no `email`»; empty if not asked
    bool is_certain = false;  ///< a may_fail hazard that the rows confirm: the statement will fail
};

/// The hazards of a script, less those that the facts disprove.
std::vector<Finding> probe(schema::Script const& script, pg::Connection& connection);

/// How many rows a probe concerns; none if the server cannot answer.
std::optional<std::int64_t> count_affected(object::Probe const& probe, pg::Connection& connection);

/// The findings for the user, at their lines of the schema: `certain` is how bad those are that are
/// sure to fail.
std::vector<Diagnostic> to_diagnostics(std::vector<Finding> const& findings,
                                       Severity certain = Severity::error);

}  // namespace cm::engine
