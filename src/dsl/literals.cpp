// Small recognisers; none of them builds a value.
#include "dsl/literals.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "base/base64.hpp"
#include "base/text.hpp"

namespace cm::dsl {

namespace {

/// A cursor that all recognisers share.
struct Scanner {
    std::string_view text{};
    std::size_t at = 0;

    bool at_end() const { return at >= text.size(); }

    char peek() const { return at_end() ? '\0' : text[at]; }

    bool accept(char c) {
        if (at_end() || text[at] != c) return false;
        ++at;
        return true;
    }

    bool accept_any(std::string_view set) {
        if (at_end() || set.find(text[at]) == std::string_view::npos) return false;
        ++at;
        return true;
    }

    bool accept(std::string_view word) {
        if (!text.substr(at).starts_with(word)) return false;
        at += word.size();
        return true;
    }

    std::size_t digits() {
        auto const begin = at;
        while (!at_end() && is_digit(text[at])) ++at;
        return at - begin;
    }
};

bool exponent(Scanner& scanner) {
    if (!scanner.accept_any("eE")) return true;
    scanner.accept_any("+-");
    auto const count = scanner.digits();
    return count > 0 && count < 19;
}

/// A number of exactly `count` digits within the limits.
std::optional<int> number_in(Scanner& scanner, std::size_t count, int minimum, int maximum) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (!is_digit(scanner.peek())) return std::nullopt;
        value = value * 10 + (scanner.text[scanner.at++] - '0');
    }
    return value >= minimum && value <= maximum ? std::optional(value) : std::nullopt;
}

int days_in(int year, int month) {
    if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool date(Scanner& scanner) {
    auto const year = number_in(scanner, 4, 0, 9999);
    if (!year || !scanner.accept('-')) return false;
    auto const month = number_in(scanner, 2, 1, 12);
    return month && scanner.accept('-') && number_in(scanner, 2, 1, days_in(*year, *month));
}

bool time(Scanner& scanner) {
    auto const is_valid = number_in(scanner, 2, 0, 23) && scanner.accept(':') &&
                          number_in(scanner, 2, 0, 59) && scanner.accept(':') &&
                          number_in(scanner, 2, 0, 60);
    return is_valid && (!scanner.accept('.') || scanner.digits() > 0);
}

bool offset(Scanner& scanner) {
    if (scanner.accept_any("zZ")) return true;
    return scanner.accept_any("+-") && number_in(scanner, 2, 0, 23) && scanner.accept(':') &&
           number_in(scanner, 2, 0, 59);
}

/// JSON by RFC 8259, with a limit to the depth.
class JsonScanner {
  public:
    explicit JsonScanner(std::string_view text) : scanner_{text} {}

    bool run() {
        auto const is_valid = value(0);
        space();
        return is_valid && scanner_.at_end();
    }

  private:
    void space() {
        while (scanner_.accept_any(" \t\r\n")) continue;
    }

    bool value(int depth) {
        space();
        if (depth > 128) return false;
        if (scanner_.accept('{')) return members('}', depth, true);
        if (scanner_.accept('[')) return members(']', depth, false);
        if (scanner_.peek() == '"') return string();
        if (scanner_.accept("true") || scanner_.accept("false") || scanner_.accept("null"))
            return true;
        return number();
    }

    bool members(char close, int depth, bool has_keys) {
        space();
        if (scanner_.accept(close)) return true;
        do {
            space();
            if (has_keys && !(string() && colon())) return false;
            if (!value(depth + 1)) return false;
            space();
        } while (scanner_.accept(','));
        return scanner_.accept(close);
    }

    bool colon() {
        space();
        return scanner_.accept(':');
    }

    bool string() {
        if (!scanner_.accept('"')) return false;
        while (!scanner_.at_end()) {
            if (scanner_.accept('"')) return true;
            auto const c = static_cast<unsigned char>(scanner_.peek());
            if (c < 0x20) return false;
            ++scanner_.at;
            if (c == '\\' && !escape()) return false;
        }
        return false;
    }

    bool escape() {
        if (!scanner_.accept('u')) return scanner_.accept_any("\"\\/bfnrt");
        auto const unit = code_unit();
        if (!unit || (*unit >= 0xDC00 && *unit <= 0xDFFF)) return false;
        if (*unit < 0xD800 || *unit > 0xDBFF) return true;
        if (!scanner_.accept("\\u")) return false;  // the first half of a pair
        auto const second = code_unit();
        return second && *second >= 0xDC00 && *second <= 0xDFFF;
    }

    std::optional<unsigned> code_unit() {
        auto const digits = scanner_.text.substr(scanner_.at, 4);
        unsigned unit = 0;
        auto const* const end = digits.data() + digits.size();
        auto const parsed = std::from_chars(digits.data(), end, unit, 16);
        if (digits.size() != 4 || parsed.ec != std::errc{} || parsed.ptr != end)
            return std::nullopt;
        scanner_.at += 4;
        return unit;
    }

    bool number() {
        auto const begin = scanner_.at;
        scanner_.accept('-');
        if (!scanner_.accept('0') && scanner_.digits() == 0) return false;
        if (scanner_.accept('.') && scanner_.digits() == 0) return false;
        if (!exponent(scanner_)) return false;
        auto const written = scanner_.text.substr(begin, scanner_.at - begin);
        return std::isfinite(std::strtod(std::string(written).c_str(), nullptr));
    }

    Scanner scanner_{};
};

}  // namespace

bool is_integer(std::string_view text) {
    std::int64_t value = 0;
    auto const* const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data(), end, value);
    return parsed.ec == std::errc{} && parsed.ptr == end;
}

bool is_decimal(std::string_view text) {
    Scanner scanner{text};
    scanner.accept_any("+-");
    auto const before = scanner.digits();
    auto const after = scanner.accept('.') ? scanner.digits() : 0;
    return before + after > 0 && exponent(scanner) && scanner.at_end();
}

bool is_date_time(std::string_view text) {
    Scanner scanner{text};
    return date(scanner) && scanner.accept_any("tT ") && time(scanner) && offset(scanner) &&
           scanner.at_end();
}

bool is_base64(std::string_view text) {
    return from_base64(text).has_value();
}

bool is_json(std::string_view text) {
    return JsonScanner(text).run();
}

}  // namespace cm::dsl
