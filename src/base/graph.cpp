// Kahn's algorithm with a heap, so that the order is the smallest possible.
#include "base/graph.hpp"

#include <algorithm>
#include <queue>

namespace cm {
namespace {

/// Follows predecessors that are left over until one comes again.
std::vector<std::size_t> find_loop(std::vector<std::pair<std::size_t, std::size_t>> const& edges,
                                   std::vector<std::size_t> const& waiting) {
    auto const is_left = [&](std::size_t node) { return waiting[node] > 0; };
    auto const start =
        std::find_if(waiting.begin(), waiting.end(), [](std::size_t n) { return n > 0; });
    std::vector<std::size_t> path{static_cast<std::size_t>(start - waiting.begin())};
    for (;;) {
        auto const edge = std::find_if(edges.begin(), edges.end(), [&](auto const& e) {
            return e.second == path.back() && is_left(e.first);
        });
        auto const seen = std::find(path.begin(), path.end(), edge->first);
        if (seen != path.end()) {
            return {seen, path.end()};
        }
        path.push_back(edge->first);
    }
}

}  // namespace

CycleError::CycleError(std::vector<std::size_t> loop)
    : std::runtime_error("there is no order: the dependencies form a cycle"),
      nodes(std::move(loop)) {}

std::vector<std::size_t> topological_order(
    std::size_t count, std::vector<std::pair<std::size_t, std::size_t>> const& edges) {
    std::vector<std::vector<std::size_t>> successors(count);
    std::vector<std::size_t> waiting(count);
    for (auto const& [before, after] : edges) {
        successors[before].push_back(after);
        ++waiting[after];
    }
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready{};
    for (std::size_t node = 0; node < count; ++node) {
        if (waiting[node] == 0) {
            ready.push(node);
        }
    }
    std::vector<std::size_t> order{};
    while (!ready.empty()) {
        auto const node = ready.top();
        ready.pop();
        order.push_back(node);
        for (auto const next : successors[node]) {
            if (--waiting[next] == 0) {
                ready.push(next);
            }
        }
    }
    if (order.size() < count) {
        throw CycleError(find_loop(edges, waiting));
    }
    return order;
}

}  // namespace cm
