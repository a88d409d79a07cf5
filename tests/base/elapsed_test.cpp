// Durations as people read them.
#include "base/elapsed.hpp"

#include <gtest/gtest.h>

namespace cm {
namespace {

using std::chrono::milliseconds;

TEST(FormatDuration, chooses_the_unit) {
    EXPECT_EQ(format_duration(milliseconds{0}), "0 ms");
    EXPECT_EQ(format_duration(milliseconds{999}), "999 ms");
    EXPECT_EQ(format_duration(milliseconds{1000}), "1 s");
    EXPECT_EQ(format_duration(milliseconds{1590}), "1.5 s");
    EXPECT_EQ(format_duration(milliseconds{42'900}), "42 s");
    EXPECT_EQ(format_duration(milliseconds{59'999}), "59 s");
    EXPECT_EQ(format_duration(milliseconds{125'000}), "2 min 5 s");
    EXPECT_EQ(format_duration(milliseconds{3'600'000}), "1 h 0 min");
    EXPECT_EQ(format_duration(milliseconds{9'000'000}), "2 h 30 min");
}

TEST(Stopwatch, rounds_up) {
    Stopwatch const watch{};
    while (watch.elapsed() < milliseconds{1}) {
    }
    EXPECT_GE(watch.elapsed(), milliseconds{1});
}

}  // namespace
}  // namespace cm
