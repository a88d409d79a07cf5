// What is lost if a rename is taken for a drop.
#pragma once
#include <cstdint>
#include <optional>

#include "pg/connection.hpp"
#include "schema/rename_candidates.hpp"

namespace cm::engine {

/// How many rows have a value in the column, or how many the table has. None for types and values,
/// and if the server cannot answer.
std::optional<std::int64_t> rows_at_stake(schema::RenameCandidate const& candidate,
                                          pg::Connection& connection);

}  // namespace cm::engine
