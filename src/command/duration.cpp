// See duration.hpp.
#include "command/duration.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

namespace cm::command {

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, long>, 5> units{
        {{"", 1000}, {"ms", 1}, {"s", 1000}, {"min", 60'000}, {"h", 3'600'000}}};
    constexpr long longest = 1'000'000;
    long number = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || number < 0 || number > longest) {
        return {};
    }
    auto const rest = text.substr(static_cast<std::size_t>(end - text.data()));
    for (auto const& [unit, milliseconds] : units) {
        if (rest == unit) {
            return std::chrono::milliseconds{number * milliseconds};
        }
    }
    return {};
}

std::string describe(std::chrono::milliseconds duration) {
    constexpr long minute = 60;
    auto const seconds = duration.count() / 1000;
    if (seconds >= minute) {
        return fmt::format("{} min {} s", seconds / minute, seconds % minute);
    }
    auto const tenths = duration.count() % 1000 / 100;
    return tenths == 0 || seconds >= 10 ? fmt::format("{} s", seconds)
                                        : fmt::format("{}.{} s", seconds, tenths);
}

}  // namespace cm::command
