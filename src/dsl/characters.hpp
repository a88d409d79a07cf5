// Which characters make names and spaces in the schema language.
#pragma once
#include <array>
#include <cstdint>

namespace cm::dsl {

// Nearly all of a schema is ASCII, which is decided here; what lies above it has its tables.
bool is_wide_space(std::uint32_t code);
bool is_wide_name(std::uint32_t code);

/// Spaces and tabs, also the wide and the non-breaking ones; not line ends.
inline bool is_space(std::uint32_t code) {
    return code == ' ' || code == '\t' || (code >= 0x80 && is_wide_space(code));
}

constexpr bool is_digit(std::uint32_t code) {
    return code >= '0' && code <= '9';
}

/// Of the ASCII characters: letters, digits and `_`.
inline constexpr auto plain_names = [] {
    std::array<bool, 0x80> are_names{};
    for (std::uint32_t code = 0; code < are_names.size(); ++code) {
        auto const lower = code | 0x20U;
        are_names[code] = (lower >= 'a' && lower <= 'z') || is_digit(code) || code == '_';
    }
    return are_names;
}();

/// Letters, digits and `_`; above ASCII everything but spaces, punctuation and pictures.
inline bool is_name(std::uint32_t code) {
    return code < 0x80 ? plain_names[code] : is_wide_name(code);
}

}  // namespace cm::dsl
