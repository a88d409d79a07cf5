// UTF-8 by the table of RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cm::utf8 {

struct Character {
    std::uint32_t code{};
    std::uint32_t length{};  ///< in bytes; 0 if the bytes are not valid UTF-8
};

/// What `decode` does for a character above ASCII.
Character decode_wide(std::string_view text, std::size_t offset);

/// The character at `offset`, which must lie inside the text. Nearly all text is ASCII, which is
/// decided here.
inline Character decode(std::string_view text, std::size_t offset) {
    auto const byte = static_cast<unsigned char>(text[offset]);
    return byte < 0x80 ? Character{byte, 1} : decode_wide(text, offset);
}

/// True for a byte that is in a character, but not its first.
constexpr bool continues_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// How many characters begin in the text.
std::size_t count(std::string_view text);

/// At most `length` bytes, without half a character at the end.
std::string_view cut(std::string_view text, std::size_t length);

/// The offset of the first byte that is not UTF-8, if there is one.
std::optional<std::size_t> find_invalid(std::string_view text);

/// Appends the character.
void append(std::string& text, std::uint32_t code);

}  // namespace cm::utf8
