// Canonical spellings of numbers, moments and JSON.
#include "sql/literal.hpp"

#include <charconv>
#include <chrono>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace cm::sql {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string_view take_digits(std::string_view& text) {
    std::size_t n = 0;
    while (n < text.size() && is_digit(text[n])) { ++n; }
    auto const digits = text.substr(0, n);
    text.remove_prefix(n);
    return digits;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) { return false; }
    text.remove_prefix(1);
    return true;
}

std::optional<int> take_number(std::string_view& text, std::size_t width) {
    int value = 0;
    if (text.size() < width) { return {}; }
    auto const end = text.data() + width;
    auto const [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) { return {}; }
    text.remove_prefix(width);
    return value;
}

/// `Z`, `+01`, `+01:00` or nothing, in minutes.
std::optional<int> take_offset(std::string_view& text) {
    take(text, ' ');
    if (text.empty() || take(text, 'Z')) { return 0; }
    auto const negative = text.front() == '-';
    if (!take(text, '+') && !take(text, '-')) { return {}; }
    auto const hours = take_number(text, 2);
    if (!hours) { return {}; }
    int minutes = 0;
    if (take(text, ':')) {
        auto const value = take_number(text, 2);
        if (!value) { return {}; }
        minutes = *value;
    }
    auto const offset = *hours * 60 + minutes;
    return negative ? -offset : offset;
}

struct Clock {
    int hour{}, minute{}, second{};
    std::string fraction{};
};

std::optional<Clock> take_clock(std::string_view& text) {
    Clock clock{};
    auto const hour = take_number(text, 2);
    if (!hour || !take(text, ':')) { return {}; }
    auto const minute = take_number(text, 2);
    if (!minute) { return {}; }
    clock.hour = *hour;
    clock.minute = *minute;
    if (take(text, ':')) {
        auto const second = take_number(text, 2);
        if (!second) { return {}; }
        clock.second = *second;
    }
    if (take(text, '.')) { clock.fraction = take_digits(text); }
    while (clock.fraction.ends_with('0')) { clock.fraction.pop_back(); }
    return clock;
}

}  // namespace

std::optional<std::string> canonical_number(std::string_view text) {
    auto const negative = take(text, '-');
    if (!negative) { take(text, '+'); }
    auto digits = std::string{take_digits(text)};
    auto point = static_cast<long>(digits.size());
    if (take(text, '.')) { digits += take_digits(text); }
    if (digits.empty()) { return {}; }
    if (take(text, 'e') || take(text, 'E')) {
        auto const minus = take(text, '-');
        if (!minus) { take(text, '+'); }
        int exponent = 0;
        auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
        if (error != std::errc{} || exponent > 400) { return {}; }
        text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
        point += minus ? -exponent : exponent;
    }
    if (!text.empty()) { return {}; }
    if (point < 0) { digits.insert(0, static_cast<std::size_t>(-point), '0'), point = 0; }
    if (point > static_cast<long>(digits.size())) { digits.resize(static_cast<std::size_t>(point), '0'); }
    auto whole = digits.substr(0, static_cast<std::size_t>(point));
    auto fraction = digits.substr(static_cast<std::size_t>(point));
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
    while (fraction.ends_with('0')) { fraction.pop_back(); }
    if (whole.empty() && fraction.empty()) { return "0"; }
    return fmt::format("{}{}{}{}", negative ? "-" : "", whole.empty() ? "0" : whole,
                       fraction.empty() ? "" : ".", fraction);
}

std::optional<std::string> canonical_timestamp(std::string_view text) {
    auto const year = take_number(text, 4);
    if (!year || !take(text, '-')) { return {}; }
    auto const month = take_number(text, 2);
    if (!month || !take(text, '-')) { return {}; }
    auto const day = take_number(text, 2);
    if (!day) { return {}; }
    Clock clock{};
    if (take(text, 'T') || take(text, ' ')) {
        auto const read = take_clock(text);
        if (!read) { return {}; }
        clock = *read;
    }
    auto const offset = take_offset(text);
    if (!offset || !text.empty()) { return {}; }
    using namespace std::chrono;
    auto const date = year_month_day{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                     std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) { return {}; }
    auto const moment = sys_days{date} + hours{clock.hour} + minutes{clock.minute - *offset} + seconds{clock.second};
    auto const midnight = floor<days>(moment);
    auto const shown = year_month_day{midnight};
    auto const time = hh_mm_ss{moment - midnight};
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}{}{}", static_cast<int>(shown.year()),
                       static_cast<unsigned>(shown.month()), static_cast<unsigned>(shown.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count(),
                       clock.fraction.empty() ? "" : ".", clock.fraction);
}

std::optional<std::string> canonical_json(std::string_view text) {
    auto const value = nlohmann::json::parse(text, nullptr, false);
    if (value.is_discarded()) { return {}; }
    return value.dump();
}

std::vector<std::string> array_elements(std::string_view text) {
    std::vector<std::string> elements{};
    if (text.size() < 2 || text.front() != '{' || text.back() != '}') { return elements; }
    text = text.substr(1, text.size() - 2);
    while (!text.empty()) {
        auto& element = elements.emplace_back();
        auto const quoted = take(text, '"');
        while (!text.empty() && text.front() != (quoted ? '"' : ',')) {
            if (text.front() == '\\' && text.size() > 1) { text.remove_prefix(1); }
            element += text.front();
            text.remove_prefix(1);
        }
        if (quoted) { take(text, '"'); }
        if (!take(text, ',')) { break; }
    }
    return elements;
}

}  // namespace cm::sql
