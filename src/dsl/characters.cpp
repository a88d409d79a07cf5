// UTF-8 by the table of RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
#include "dsl/characters.hpp"

#include <array>

namespace cm::dsl {

namespace {

struct Range {
    std::uint32_t first{};
    std::uint32_t last{};
};

template <std::size_t size>
bool within(std::array<Range, size> const& ranges, std::uint32_t code) {
    for (auto const& range : ranges) {
        if (code >= range.first && code <= range.last) return true;
    }
    return false;
}

constexpr std::array wide_spaces{Range{0xA0, 0xA0},     Range{0x1680, 0x1680},
                                 Range{0x2000, 0x200A}, Range{0x202F, 0x202F},
                                 Range{0x205F, 0x205F}, Range{0x3000, 0x3000}};
// Not the whole of Unicode's tables: what is pasted by accident (quotes, dashes, arrows, pictures).
constexpr std::array not_in_names{
    Range{0x80, 0xA9},       Range{0xAB, 0xB4},     Range{0xB6, 0xB9},
    Range{0xBB, 0xBF},       Range{0xD7, 0xD7},     Range{0xF7, 0xF7},
    Range{0x2000, 0x2BFF},   Range{0x3000, 0x3004}, Range{0x3008, 0x3020},
    Range{0xE000, 0xF8FF},   Range{0xFE00, 0xFE0F}, Range{0xFEFF, 0xFEFF},
    Range{0xFF01, 0xFF0F},   Range{0xFFF0, 0xFFFF}, Range{0x1F000, 0x1FAFF},
    Range{0xE0000, 0x10FFFF}};

std::uint32_t sequence_length(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    if (lead >= 0xF0 && lead <= 0xF4) return 4;
    return 0;
}

bool is_allowed(std::uint32_t code, std::uint32_t length) {
    auto const is_overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    auto const is_surrogate = code >= 0xD800 && code <= 0xDFFF;
    return !is_overlong && !is_surrogate && code <= 0x10FFFF;
}

}  // namespace

Character decode_wide(std::string_view text, std::size_t offset) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
    auto const length = sequence_length(byte(0));
    if (length == 1) return {byte(0), 1};
    if (length == 0 || offset + length > text.size()) return {0, 0};
    std::uint32_t code = byte(0) & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return {0, 0};
        code = (code << 6U) | (byte(i) & 0x3FU);
    }
    return is_allowed(code, length) ? Character{code, length} : Character{0, 0};
}

bool is_wide_space(std::uint32_t code) {
    return within(wide_spaces, code);
}

bool is_wide_name(std::uint32_t code) {
    return !within(not_in_names, code);
}

void append_utf8(std::string& text, std::uint32_t code) {
    auto const add = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    auto const tail = [&](std::uint32_t shift) { add(0x80U | ((code >> shift) & 0x3FU)); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xC0U | (code >> 6U));
        tail(0);
    } else if (code < 0x10000) {
        add(0xE0U | (code >> 12U));
        tail(6);
        tail(0);
    } else {
        add(0xF0U | (code >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
}

}  // namespace cm::dsl
