// Small recognisers; none of them builds a value.
#include "dsl/literals.hpp"

#include <charconv>
#include <cstdint>

namespace cm::dsl {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

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
    return scanner.digits() > 0;
}

/// A number of exactly `count` digits within the limits.
bool number_in(Scanner& scanner, std::size_t count, int minimum, int maximum) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (!is_digit(scanner.peek())) return false;
        value = value * 10 + (scanner.text[scanner.at++] - '0');
    }
    return value >= minimum && value <= maximum;
}

bool date(Scanner& scanner) {
    return number_in(scanner, 4, 0, 9999) && scanner.accept('-') && number_in(scanner, 2, 1, 12) &&
           scanner.accept('-') && number_in(scanner, 2, 1, 31);
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
        for (int i = 0; i < 4; ++i) {
            if (!scanner_.accept_any("0123456789abcdefABCDEF")) return false;
        }
        return true;
    }

    bool number() {
        scanner_.accept('-');
        if (!scanner_.accept('0') && scanner_.digits() == 0) return false;
        if (scanner_.accept('.') && scanner_.digits() == 0) return false;
        return exponent(scanner_);
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
    auto const padding = text.ends_with("==") ? 2U : text.ends_with("=") ? 1U : 0U;
    if (text.size() % 4 != 0) return false;
    for (auto const c : text.substr(0, text.size() - padding)) {
        auto const is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !is_digit(c) && c != '+' && c != '/') return false;
    }
    return true;
}

bool is_json(std::string_view text) {
    return JsonScanner(text).run();
}

}  // namespace cm::dsl
