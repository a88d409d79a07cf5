// Facts about hazards: the server is asked how many rows each one concerns.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lint/levels.hpp"
#include "pg/connection.hpp"
#include "schema/to_sql.hpp"

namespace cm::engine {

/// A hazard that the rows in the database confirm, or that cannot be asked about.
struct Finding {
    object::Hazard hazard{};
    std::string fact{};       ///< «1,204 of 20,000 rows have no `email`»; empty if not asked
    bool is_certain = false;  ///< a may_fail hazard that the rows confirm: the statement will fail
    bool is_note = false;     ///< its rule is set to `note`: nobody is asked because of it
};

/// The hazards of a script, less those that the facts disprove.
std::vector<Finding> probe(schema::Script const& script, pg::Connection& connection);

/// How many rows a probe concerns; none if the server cannot answer.
std::optional<std::int64_t> count_affected(object::Probe const& probe, pg::Connection& connection);

/// Without those whose rules are off. What is sure to fail, and rows that are sure to be lost, are
/// facts, and no matter of levels.
std::vector<Finding> heed_levels(std::vector<Finding> findings, lint::Levels const& levels);

/// The rules by which they are known, by name.
std::set<std::string_view> rules_of(std::vector<Finding> const& findings);

/// The findings for the user, at their lines of the schema: `certain` is how bad those are that are
/// sure to fail.
std::vector<Diagnostic> to_diagnostics(std::vector<Finding> const& findings,
                                       Severity certain = Severity::error);

}  // namespace cm::engine
