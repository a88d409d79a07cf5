// Random numbers that are the same on every machine.
#pragma once
#include <cstddef>
#include <iterator>
#include <random>

namespace cm::test {

class Dice {
  public:
    explicit Dice(unsigned seed) : engine_(seed) {}

    std::size_t below(std::size_t count) { return engine_() % count; }

    bool one_in(std::size_t count) { return below(count) == 0; }

    template <class Range>
    auto const& any(Range const& range) {
        return *std::next(std::begin(range), static_cast<long>(below(std::size(range))));
    }

  private:
    std::mt19937 engine_;
};

}  // namespace cm::test
