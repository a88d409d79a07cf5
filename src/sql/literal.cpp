// Canonical spellings of numbers and moments.
#include "sql/literal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>

#include "base/text.hpp"

namespace cm::sql {
namespace {

std::string_view take_digits(std::string_view& text) {
    std::size_t n = 0;
    while (n < text.size() && is_digit(text[n])) {
        ++n;
    }
    auto const digits = text.substr(0, n);
    text.remove_prefix(n);
    return digits;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<int> take_number(std::string_view& text, std::size_t width) {
    int value = 0;
    if (text.size() < width) {
        return {};
    }
    auto const end = text.data() + width;
    auto const [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) {
        return {};
    }
    text.remove_prefix(width);
    return value;
}

/// `Z`, `+01` or `+01:00`, in minutes; none if there is no zone.
std::optional<int> take_offset(std::string_view& text) {
    take(text, ' ');
    if (take(text, 'Z') || take(text, 'z')) {
        return 0;
    }
    auto const negative = text.starts_with('-');
    if (!take(text, '+') && !take(text, '-')) {
        return {};
    }
    auto const hours = take_number(text, 2);
    if (!hours) {
        return {};
    }
    take(text, ':');
    auto const minutes = text.empty() ? 0 : take_number(text, 2);
    if (!minutes) {
        return {};
    }
    auto const offset = *hours * 60 + *minutes;
    return negative ? -offset : offset;
}

struct Clock {
    int hour{}, minute{}, second{};
    std::string fraction{};
};

std::optional<Clock> take_clock(std::string_view& text) {
    Clock clock{};
    auto const hour = take_number(text, 2);
    if (!hour || !take(text, ':')) {
        return {};
    }
    auto const minute = take_number(text, 2);
    if (!minute) {
        return {};
    }
    clock.hour = *hour;
    clock.minute = *minute;
    if (take(text, ':')) {
        auto const second = take_number(text, 2);
        if (!second) {
            return {};
        }
        clock.second = *second;
    }
    if (take(text, '.')) {
        clock.fraction = take_digits(text);
    }
    while (clock.fraction.ends_with('0')) {
        clock.fraction.pop_back();
    }
    return clock;
}

using Date = std::chrono::year_month_day;

std::optional<Date> take_date(std::string_view& text) {
    auto const year = take_number(text, 4);
    if (!year || !take(text, '-')) {
        return {};
    }
    auto const month = take_number(text, 2);
    if (!month || !take(text, '-')) {
        return {};
    }
    auto const day = take_number(text, 2);
    if (!day) {
        return {};
    }
    auto const date =
        Date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
             std::chrono::day{static_cast<unsigned>(*day)}};
    return date.ok() ? std::optional{date} : std::nullopt;
}

/// What was written; each part may be missing.
struct Moment {
    std::optional<Date> date{};
    std::optional<Clock> clock{};
    std::optional<int> offset{};
};

std::optional<Moment> read_moment(std::string_view text) {
    Moment moment{};
    auto rest = text;
    moment.date = take_date(rest);
    if (!moment.date || take(rest, 'T') || take(rest, 't') || take(rest, ' ')) {
        if (!moment.date) {
            rest = text;
        }
        moment.clock = take_clock(rest);
        if (!moment.clock) {
            return {};
        }
        if (!rest.empty()) {
            moment.offset = take_offset(rest);
        }
    }
    return rest.empty() ? std::optional{moment} : std::nullopt;
}

std::string date_text(Date const& date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string clock_text(Clock const& clock) {
    return fmt::format("{:02}:{:02}:{:02}{}{}", clock.hour, clock.minute, clock.second,
                       clock.fraction.empty() ? "" : ".", clock.fraction);
}

std::string offset_text(int offset) {
    return fmt::format("{}{:02}:{:02}", offset < 0 ? '-' : '+', std::abs(offset) / 60,
                       std::abs(offset) % 60);
}

/// The same moment at offset 0.
std::string universal_text(Date const& date, Clock clock, int offset) {
    using namespace std::chrono;
    auto const moment = sys_days{date} + hours{clock.hour} + minutes{clock.minute - offset};
    auto const midnight = floor<days>(moment);
    auto const time = hh_mm_ss{moment - midnight};
    clock.hour = static_cast<int>(time.hours().count());
    clock.minute = static_cast<int>(time.minutes().count());
    return date_text(Date{midnight}) + " " + clock_text(clock);
}

struct Number {
    bool is_negative{};
    std::string whole{};     ///< without leading zeros
    std::string fraction{};  ///< as written
};

/// None if it is not a number.
std::optional<Number> read_number(std::string_view text) {
    auto const negative = take(text, '-');
    if (!negative) {
        take(text, '+');
    }
    auto digits = std::string{take_digits(text)};
    auto point = static_cast<long>(digits.size());
    if (take(text, '.')) {
        digits += take_digits(text);
    }
    if (digits.empty()) {
        return {};
    }
    if (take(text, 'e') || take(text, 'E')) {
        auto const minus = take(text, '-');
        if (!minus) {
            take(text, '+');
        }
        int exponent = 0;
        auto const [stop, error] =
            std::from_chars(text.data(), text.data() + text.size(), exponent);
        if (error != std::errc{} || exponent > 400) {
            return {};
        }
        text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
        point += minus ? -exponent : exponent;
    }
    if (!text.empty()) {
        return {};
    }
    if (point < 0) {
        digits.insert(0, static_cast<std::size_t>(-point), '0'), point = 0;
    }
    if (point > static_cast<long>(digits.size())) {
        digits.resize(static_cast<std::size_t>(point), '0');
    }
    auto whole = digits.substr(0, static_cast<std::size_t>(point));
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
    return Number{negative, std::move(whole), digits.substr(static_cast<std::size_t>(point))};
}

std::string number_text(Number const& number) {
    auto const is_zero =
        number.whole.empty() && number.fraction.find_first_not_of('0') == std::string::npos;
    return fmt::format("{}{}{}{}", number.is_negative && !is_zero ? "-" : "",
                       number.whole.empty() ? "0" : number.whole,
                       number.fraction.empty() ? "" : ".", number.fraction);
}

}  // namespace

std::optional<std::string> canonical_number(std::string_view text) {
    auto number = read_number(text);
    if (!number) return {};
    auto& fraction = number->fraction;
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return number_text(*number);
}

std::optional<std::string> spelled_number(std::string_view text) {
    auto const number = read_number(text);
    return number ? std::optional{number_text(*number)} : std::nullopt;
}

std::optional<std::string> canonical_moment(std::string_view text, std::string_view type) {
    auto const moment = read_moment(text);
    if (!moment) {
        return {};
    }
    if (type == "time" || type == "timetz") {
        if (!moment->clock) {
            return {};
        }
        return clock_text(*moment->clock) +
               (type == "timetz" ? offset_text(moment->offset.value_or(0)) : "");
    }
    if (!moment->date) {
        return {};
    }
    if (type == "date") {
        return date_text(*moment->date);
    }
    auto const clock = moment->clock.value_or(Clock{});
    if (type == "timestamp") {
        return date_text(*moment->date) + " " + clock_text(clock);
    }
    return type == "timestamptz"
               ? std::optional{universal_text(*moment->date, clock, moment->offset.value_or(0))}
               : std::nullopt;
}

bool has_zone(std::string_view text) {
    auto const moment = read_moment(text);
    return moment && moment->offset;
}

std::optional<std::string> format_timestamp(std::string_view text) {
    auto const moment = read_moment(text);
    if (!moment || !moment->date) {
        return {};
    }
    auto clock = moment->clock.value_or(Clock{});
    while (clock.fraction.size() % 3 != 0) {
        clock.fraction += '0';
    }
    return fmt::format("{} {} {}", date_text(*moment->date), clock_text(clock),
                       offset_text(moment->offset.value_or(0)));
}

}  // namespace cm::sql
