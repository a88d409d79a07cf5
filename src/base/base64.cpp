// Three bytes, or four letters, at a time; reading is strict, as Prisma is with Bytes.
#include "base/base64.hpp"

#include <cstdint>

namespace cm {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string text{};
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            auto const byte = i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U;
            group = (group << 8U) | byte;
        }
        for (std::size_t j = 0; j < 4; ++j) {
            auto const digit = alphabet[(group >> (18U - 6U * j)) & 63U];
            text += i + j > bytes.size() ? '=' : digit;
        }
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    auto const padding = text.ends_with("==") ? 2U : text.ends_with("=") ? 1U : 0U;
    if (text.size() % 4 != 0) return {};
    std::string bytes{};
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (auto const c : text.substr(0, text.size() - padding)) {
        auto const value = alphabet.find(c);
        if (value == std::string_view::npos) return {};
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>((bits >> count) & 0xFFU);
    }
    auto const unused = bits & ((1U << count) - 1U);
    return unused == 0 ? std::optional{std::move(bytes)} : std::nullopt;
}

}  // namespace cm
