// See utf8.hpp.
#include "base/utf8.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace cm::utf8 {

namespace {

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
    auto const lead = static_cast<unsigned char>(text[offset]);
    auto const length = sequence_length(lead);
    if (length == 1) return {lead, 1};
    if (length == 0 || offset + length > text.size()) return {};
    std::uint32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        auto const next = text[offset + i];
        if (!continues_character(next)) return {};
        code = (code << 6U) | (static_cast<unsigned char>(next) & 0x3FU);
    }
    return is_allowed(code, length) ? Character{code, length} : Character{};
}

std::size_t count(std::string_view text) {
    std::size_t count = text.size();
    std::uint64_t eight = 0;
    for (; text.size() >= sizeof eight; text.remove_prefix(sizeof eight)) {
        std::memcpy(&eight, text.data(), sizeof eight);
        // A bit for each byte of the form 10xxxxxx.
        constexpr auto lowest = 0x0101010101010101U;
        auto const marks = (eight >> 7U) & ~(eight >> 6U) & lowest;
        // The topmost byte of the product is the sum of all bytes: processors without an
        // instruction that counts bits are slow at it.
        count -= static_cast<std::size_t>((marks * lowest) >> 56U);
    }
    return count -
           static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues_character));
}

std::string_view cut(std::string_view text, std::size_t length) {
    if (text.size() <= length) return text;
    while (length > 0 && continues_character(text[length])) --length;
    return text.substr(0, length);
}

std::optional<std::size_t> find_invalid(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        auto const length = decode(text, i).length;
        if (length == 0) return i;
        i += length;
    }
    return {};
}

void append(std::string& text, std::uint32_t code) {
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

}  // namespace cm::utf8
