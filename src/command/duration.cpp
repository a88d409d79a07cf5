// See duration.hpp.
#include "command/duration.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace cm::command {

namespace {

struct Number {
    double value{};
    std::string_view unit{};
};

std::optional<Number> read_number(std::string_view text) {
    if (text.empty() || text.front() < '0' || text.front() > '9') {
        return {};
    }
    Number number{};
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number.value,
                                               std::chars_format::fixed);
    if (failed != std::errc{}) {
        return {};
    }
    number.unit = text.substr(static_cast<std::size_t>(end - text.data()));
    number.unit.remove_prefix(std::min(number.unit.find_first_not_of(' '), number.unit.size()));
    return number;
}

std::optional<double> milliseconds_of(std::string_view unit) {
    constexpr std::array<std::pair<std::string_view, double>, 6> units{{{"ms", 1},
                                                                        {"s", 1000},
                                                                        {"m", 60'000},
                                                                        {"min", 60'000},
                                                                        {"h", 3'600'000},
                                                                        {"d", 86'400'000}}};
    for (auto const& [name, milliseconds] : units) {
        if (name == unit) {
            return milliseconds;
        }
    }
    return {};
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text, BareNumber bare) {
    auto const number = read_number(text);
    if (!number || (number->unit.empty() && bare == BareNumber::needs_unit && number->value != 0)) {
        return {};
    }
    auto const factor = number->unit.empty() ? 1 : milliseconds_of(number->unit);
    if (!factor) {
        return {};
    }
    constexpr double longest = std::numeric_limits<std::int32_t>::max();
    auto const milliseconds = std::round(number->value * *factor);
    if (milliseconds > longest) {
        return {};
    }
    return std::chrono::milliseconds{static_cast<std::int64_t>(milliseconds)};
}

std::string why_no_duration(std::string_view text) {
    auto const number = read_number(text);
    if (number && number->unit.empty() && number->value < 1e6) {
        return fmt::format("`{0}` has no unit: write `{0}s` for seconds, `{0}ms` or `{0}min`",
                           text);
    }
    if (number && milliseconds_of(number->unit)) {
        return "at most 24 days";
    }
    return "a time like 5s, 500ms or 2min";
}

void add_duration_option(CLI::App& app, std::string const& name, std::string const& text,
                         BareNumber bare, std::chrono::milliseconds& time) {
    app.add_option_function<std::string>(
           name,
           [bare, &time](std::string const& given) {
               time = parse_duration(given, bare).value_or(std::chrono::milliseconds{});
           },
           text)
        ->type_name("TIME")
        ->check(CLI::Validator{[bare](std::string& given) {
                                   return parse_duration(given, bare) ? std::string{}
                                                                      : why_no_duration(given);
                               },
                               ""});
}

}  // namespace cm::command
