// See assignment.hpp. H. W. Kuhn, The Hungarian Method for the Assignment Problem (1955), in the
// form that adds one row at a time along a shortest augmenting path.
#include "base/assignment.hpp"

#include <algorithm>
#include <limits>

namespace cm {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// Rows and columns from 1; 0 stands for none. A square of the longer side, so that each has one.
class Matching {
  public:
    explicit Matching(std::vector<std::vector<double>> const& gains)
        : gains_(gains),
          size_(std::max(gains.size(), gains.empty() ? 0 : gains.front().size())),
          row_potential_(size_ + 1),
          column_potential_(size_ + 1),
          row_of_(size_ + 1) {
        for (std::size_t row = 1; row <= size_; ++row) add(row);
    }

    std::size_t size() const { return size_; }

    std::size_t row_of(std::size_t column) const { return row_of_[column]; }

  private:
    double cost(std::size_t row, std::size_t column) const {
        if (row > gains_.size() || column > gains_.front().size()) return 0;
        return -gains_[row - 1][column - 1];
    }

    void add(std::size_t row) {
        std::vector<double> slack(size_ + 1, infinite);
        std::vector<std::size_t> way(size_ + 1);
        std::vector<bool> used(size_ + 1);
        row_of_[0] = row;
        std::size_t column = 0;
        do {
            used[column] = true;
            auto const current = row_of_[column];
            double step = infinite;
            std::size_t next = 0;
            for (std::size_t other = 1; other <= size_; ++other) {
                if (used[other]) continue;
                auto const reduced =
                    cost(current, other) - row_potential_[current] - column_potential_[other];
                if (reduced < slack[other]) {
                    slack[other] = reduced;
                    way[other] = column;
                }
                if (slack[other] < step) {
                    step = slack[other];
                    next = other;
                }
            }
            for (std::size_t other = 0; other <= size_; ++other) {
                if (used[other]) {
                    row_potential_[row_of_[other]] += step;
                    column_potential_[other] -= step;
                } else {
                    slack[other] -= step;
                }
            }
            column = next;
        } while (row_of_[column] != 0);
        for (; column != 0; column = way[column]) row_of_[column] = row_of_[way[column]];
    }

    std::vector<std::vector<double>> const& gains_;
    std::size_t size_;
    std::vector<double> row_potential_, column_potential_;
    std::vector<std::size_t> row_of_;
};

}  // namespace

std::vector<std::optional<std::size_t>> best_assignment(
    std::vector<std::vector<double>> const& gains) {
    std::vector<std::optional<std::size_t>> columns(gains.size());
    if (gains.empty() || gains.front().empty()) return columns;
    Matching const matching{gains};
    for (std::size_t column = 1; column <= gains.front().size(); ++column) {
        auto const row = matching.row_of(column);
        if (row <= gains.size() && gains[row - 1][column - 1] > 0) columns[row - 1] = column - 1;
    }
    return columns;
}

}  // namespace cm
