#include "base/graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cm {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(Graph, nothing_has_no_order) {
    EXPECT_THAT(topological_order(0, {}), IsEmpty());
}

TEST(Graph, nodes_without_edges_stay_as_they_are) {
    EXPECT_THAT(topological_order(3, {}), ElementsAre(0, 1, 2));
}

TEST(Graph, a_node_waits_for_all_that_come_before_it) {
    EXPECT_THAT(topological_order(4, {{3, 0}, {2, 0}}), ElementsAre(1, 2, 3, 0));
}

TEST(Graph, an_edge_may_be_given_twice) {
    EXPECT_THAT(topological_order(2, {{1, 0}, {1, 0}}), ElementsAre(1, 0));
}

TEST(Graph, the_smallest_that_may_come_next_is_taken) {
    EXPECT_THAT(topological_order(5, {{4, 1}, {1, 2}}), ElementsAre(0, 3, 4, 1, 2));
}

std::vector<std::size_t> loop_of(std::size_t count,
                                 std::vector<std::pair<std::size_t, std::size_t>> const& edges) {
    try {
        topological_order(count, edges);
    } catch (CycleError const& error) {
        return error.nodes;
    }
    return {};
}

TEST(Graph, a_loop_is_named_without_what_hangs_on_it) {
    EXPECT_THAT(loop_of(6, {{0, 1}, {1, 2}, {2, 3}, {3, 1}, {3, 4}}),
                UnorderedElementsAre(1, 2, 3));
    EXPECT_THAT(loop_of(2, {{1, 1}}), ElementsAre(1));
}

TEST(Graph, a_loop_begins_behind_a_tail_that_waits_for_it) {
    EXPECT_THAT(loop_of(4, {{2, 3}, {3, 2}, {3, 0}, {0, 1}}), UnorderedElementsAre(2, 3));
}

}  // namespace

}  // namespace cm
