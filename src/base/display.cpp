// See display.hpp. Widths follow Unicode's East Asian Width in broad blocks; exactness is not
// needed for carets.
#include "base/display.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace cm {
namespace {

struct Range {
    char32_t first{};
    char32_t last{};
};

constexpr std::array<Range, 9> zero_width{{{0x300, 0x36F},
                                           {0x483, 0x489},
                                           {0x591, 0x5BD},
                                           {0x64B, 0x65F},
                                           {0x1AB0, 0x1AFF},
                                           {0x200B, 0x200F},
                                           {0x20D0, 0x20FF},
                                           {0xFE00, 0xFE0F},
                                           {0xFEFF, 0xFEFF}}};
constexpr std::array<Range, 12> double_width{{{0x1100, 0x115F},
                                              {0x231A, 0x231B},
                                              {0x2E80, 0x303E},
                                              {0x3041, 0x33FF},
                                              {0x3400, 0x4DBF},
                                              {0x4E00, 0x9FFF},
                                              {0xA000, 0xA4CF},
                                              {0xAC00, 0xD7A3},
                                              {0xF900, 0xFAFF},
                                              {0xFE30, 0xFE6F},
                                              {0xFF00, 0xFF60},
                                              {0x1F300, 0x1FAFF}}};

template <std::size_t N>
bool contains(std::array<Range, N> const& ranges, char32_t c) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [c](Range r) { return c >= r.first && c <= r.last; });
}

std::uint32_t width(char32_t c) {
    if (c < 0x300) {
        return 1;
    }
    if (contains(zero_width, c)) {
        return 0;
    }
    return contains(double_width, c) || (c >= 0x20000 && c <= 0x3FFFD) ? 2 : 1;
}

/// False for what would not show as itself: broken bytes, and what a terminal acts upon.
bool is_printable(utf8::Character character) {
    return character.length > 0 && !is_acted_upon(character.code);
}

constexpr std::uint32_t tab_stop = 4;

}  // namespace

bool is_acted_upon(char32_t code) {
    auto const is_control = code < 0x20 || (code >= 0x7F && code < 0xA0);
    auto const is_override =
        (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    return is_control || is_override;
}

DisplayLine display(std::string_view line) {
    DisplayLine shown{};
    std::uint32_t column = 0;
    for (std::size_t i = 0; i < line.size();) {
        auto const character = utf8::decode(line, i);
        auto const length = std::max(character.length, 1U);
        shown.columns.insert(shown.columns.end(), length, column);
        if (line[i] == '\t') {
            auto const blanks = tab_stop - column % tab_stop;
            shown.text.append(blanks, ' ');
            column += blanks;
        } else if (!is_printable(character)) {
            shown.text += "\xEF\xBF\xBD";  // U+FFFD
            column += 1;
        } else {
            shown.text += line.substr(i, length);
            column += width(character.code);
        }
        i += length;
    }
    shown.columns.push_back(column);
    return shown;
}

std::string visible(std::string_view text) {
    std::string shown{};
    shown.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        auto const character = utf8::decode(text, i);
        auto const length = std::max(character.length, 1U);
        if (text[i] == '\n' || text[i] == '\t' || is_printable(character)) {
            shown += text.substr(i, length);
        } else if (length == 1) {
            shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[i]));
        } else {
            shown += fmt::format("\\u{:04x}", character.code);
        }
        i += length;
    }
    return shown;
}

std::string visible_json(std::string_view json) {
    std::string safe{};
    safe.reserve(json.size());
    for (std::size_t i = 0; i < json.size();) {
        auto const [code, length] = utf8::decode(json, i);
        if (length > 0 && is_acted_upon(code)) {
            safe += fmt::format("\\u{:04x}", code);
        } else {
            safe.append(json, i, std::max(length, 1U));
        }
        i += std::max(length, 1U);
    }
    return safe;
}

std::string cut_columns(std::string_view shown, std::uint32_t begin, std::uint32_t end) {
    std::string result{};
    std::uint32_t column = 0;
    for (std::size_t i = 0; i < shown.size();) {
        auto const character = utf8::decode(shown, i);
        auto const length = std::max(character.length, 1U);
        if (column >= begin && column + width(character.code) <= end) {
            result += shown.substr(i, length);
        }
        column += width(character.code);
        i += length;
    }
    return result;
}

}  // namespace cm
