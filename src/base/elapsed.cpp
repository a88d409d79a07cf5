// How a duration is written.
#include "base/elapsed.hpp"

#include <fmt/format.h>

namespace cm {

std::string format_duration(std::chrono::milliseconds duration) {
    constexpr long second = 1000;
    constexpr long minute = 60 * second;
    constexpr long hour = 60 * minute;
    auto const elapsed = static_cast<long>(duration.count());
    if (elapsed < second) return fmt::format("{} ms", elapsed);
    if (elapsed >= hour) {
        return fmt::format("{} h {} min", elapsed / hour, elapsed % hour / minute);
    }
    if (elapsed >= minute) {
        return fmt::format("{} min {} s", elapsed / minute, elapsed % minute / second);
    }
    auto const seconds = elapsed / second;
    auto const tenths = elapsed % second / 100;
    return tenths == 0 || seconds >= 10 ? fmt::format("{} s", seconds)
                                        : fmt::format("{}.{} s", seconds, tenths);
}

}  // namespace cm
