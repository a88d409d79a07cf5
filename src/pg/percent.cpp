// See percent.hpp.
#include "pg/percent.hpp"

#include <fmt/format.h>

#include <charconv>

namespace cm::pg {

std::optional<std::string> percent_decode(std::string_view text) {
    std::string result{};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            result += text[i];
            continue;
        }
        auto const digits = text.substr(i + 1, 2);
        unsigned int value = 0;
        auto const [end, failed] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
        if (digits.size() < 2 || failed != std::errc{} || end != digits.data() + 2) {
            return {};
        }
        result += static_cast<char>(value);
        i += 2;
    }
    return result;
}

std::string percent_encode(std::string_view text, std::string_view also_plain) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    std::string result{};
    for (auto const c : text) {
        if (plain.find(c) != std::string_view::npos ||
            also_plain.find(c) != std::string_view::npos) {
            result += c;
        } else {
            result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return result;
}

}  // namespace cm::pg
