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

/// The character at `offset`, which must lie inside the text.
Character decode(std::string_view text, std::size_t offset);

/// Spaces and tabs, also the wide and the non-breaking ones; not line ends.
bool is_space(std::uint32_t code);
bool is_digit(std::uint32_t code);
/// Letters, digits and `_`; above ASCII everything but spaces, punctuation and pictures.
bool is_name(std::uint32_t code);

/// Appends the character in UTF-8.
void append_utf8(std::string& text, std::uint32_t code);

}  // namespace cm::dsl
