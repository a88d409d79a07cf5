// See characters.hpp.
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

}  // namespace

bool is_wide_space(std::uint32_t code) {
    return within(wide_spaces, code);
}

bool is_wide_name(std::uint32_t code) {
    return !within(not_in_names, code);
}

}  // namespace cm::dsl
