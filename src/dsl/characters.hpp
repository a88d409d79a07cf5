// Unicode as far as the lexer needs it: decoding with validation, and which characters make names.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace cm::dsl {

struct Character {
    std::uint32_t code{};
    std::uint32_t length{};  ///< in bytes; 0 if the bytes are not valid UTF-8
};

// Nearly all of a schema is ASCII, which is decided here; what lies above it has its tables.
Character decode_wide(std::string_view text, std::size_t offset);
bool is_wide_space(std::uint32_t code);
bool is_wide_name(std::uint32_t code);

/// The character at `offset`, which must lie inside the text.
inline Character decode(std::string_view text, std::size_t offset) {
    auto const byte = static_cast<unsigned char>(text[offset]);
    return byte < 0x80 ? Character{byte, 1} : decode_wide(text, offset);
}

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

/// Appends the character in UTF-8.
void append_utf8(std::string& text, std::uint32_t code);

}  // namespace cm::dsl
