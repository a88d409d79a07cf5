// The assignment problem: which of these goes with which of those.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

namespace cm {

/// One to one, so that the sum of the gains is the greatest there is. `gains[row][column]`; what
/// gains nothing stays alone. The result has a column, or none, for each row. The Hungarian method
/// with potentials: cubic in the longer side.
std::vector<std::optional<std::size_t>> best_assignment(
    std::vector<std::vector<double>> const& gains);

}  // namespace cm
