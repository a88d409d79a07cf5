// Stable topological order.
#pragma once
#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

namespace cm {

/// Thrown when there is no order; the nodes form the loop.
struct CycleError : std::runtime_error {
    explicit CycleError(std::vector<std::size_t> loop);
    std::vector<std::size_t> nodes{};
};

/// Orders the nodes 0 … count-1 so that for each edge (a, b) a comes before b; of the nodes that
/// may come next the smallest is taken, so that nodes without edges keep their order. Throws
/// CycleError.
std::vector<std::size_t> topological_order(
    std::size_t count, std::vector<std::pair<std::size_t, std::size_t>> const& edges);

}  // namespace cm
