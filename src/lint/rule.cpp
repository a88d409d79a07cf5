// Words for levels and families.
#include "lint/rule.hpp"

#include <array>
#include <cstddef>

namespace cm::lint {

std::string_view word(Level level) {
    constexpr std::array<std::string_view, 4> words{"off", "note", "warning", "error"};
    return words.at(static_cast<std::size_t>(level));
}

std::string_view title_of(Family family) {
    constexpr std::array<std::string_view, 8> titles{
        "Locks",    "Data",   "Running programs", "Failures",
        "Security", "Schema", "Conventions",      "What deploy takes care of"};
    return titles.at(static_cast<std::size_t>(family));
}

}  // namespace cm::lint
