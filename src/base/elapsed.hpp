// Elapsed time: measuring it, and showing it.
#pragma once
#include <chrono>
#include <string>

namespace cm {

/// Runs from its construction on, on a clock that nobody sets.
class Stopwatch {
  public:
    /// Whole milliseconds, rounded up: what was done took some time.
    std::chrono::milliseconds elapsed() const {
        return std::chrono::ceil<std::chrono::milliseconds>(Clock::now() - start_);
    }

    /// As exactly as the clock knows it.
    std::chrono::steady_clock::duration exactly() const { return Clock::now() - start_; }

  private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point start_ = Clock::now();
};

/// "12 ms", "1.5 s", "42 s", "2 min 5 s", "3 h 0 min".
std::string format_duration(std::chrono::milliseconds duration);

}  // namespace cm
