#include "base/assignment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace cm {

namespace {

using Gains = std::vector<std::vector<double>>;

double total(Gains const& gains, std::vector<std::optional<std::size_t>> const& columns) {
    double sum = 0;
    for (std::size_t row = 0; row < gains.size(); ++row) {
        if (columns[row]) sum += gains[row][*columns[row]];
    }
    return sum;
}

TEST(Assignment, nothing_goes_with_nothing) {
    EXPECT_TRUE(best_assignment({}).empty());
    EXPECT_EQ(best_assignment({{}}).front(), std::nullopt);
    EXPECT_EQ(best_assignment({{0.0}}).front(), std::nullopt) << "no gain";
}

TEST(Assignment, the_best_in_all_may_leave_the_best_pair) {
    Gains const gains{{0.9, 0.8}, {0.8, 0.1}};
    auto const columns = best_assignment(gains);
    EXPECT_EQ(columns[0], 1U);
    EXPECT_EQ(columns[1], 0U);
}

TEST(Assignment, is_as_good_as_any_permutation) {
    std::mt19937 random(1);
    for (int round = 0; round < 200; ++round) {
        auto const rows = random() % 5 + 1, columns = random() % 5 + 1;
        Gains gains(rows, std::vector<double>(columns));
        for (auto& row : gains) {
            for (auto& gain : row) gain = static_cast<double>(random() % 100) / 100;
        }
        auto const size = std::max(rows, columns);
        std::vector<std::size_t> order(size);
        std::iota(order.begin(), order.end(), std::size_t{0});
        double best = 0;
        do {
            double sum = 0;
            for (std::size_t row = 0; row < rows; ++row) {
                if (order[row] < columns) sum += gains[row][order[row]];
            }
            best = std::max(best, sum);
        } while (std::next_permutation(order.begin(), order.end()));
        EXPECT_NEAR(total(gains, best_assignment(gains)), best, 1e-9);
    }
}

}  // namespace

}  // namespace cm
