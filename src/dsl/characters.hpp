// Which characters make names and spaces in the schema language.
#pragma once
#include <cstdint>

namespace cm::dsl {

// Nearly all of a schema is ASCII, which is decided here; what lies above it has its tables.
bool is_wide_space(std::uint32_t code);
bool is_wide_name(std::uint32_t code);

/// Spaces and tabs, also the wide and the non-breaking ones; not line ends.
inline bool is_space(std::uint32_t code) {
    return code == ' ' || code == '\t' || (code >= 0x80 && is_wide_space(code));
}

inline bool is_digit(std::uint32_t code) {
    return code >= '0' && code <= '9';
}

/// Letters, digits and `_`; above ASCII everything but spaces, punctuation and pictures.
inline bool is_name(std::uint32_t code) {
    auto const lower = code | 0x20U;
    return code < 0x80 ? (lower >= 'a' && lower <= 'z') || is_digit(code) || code == '_'
                       : is_wide_name(code);
}

}  // namespace cm::dsl
