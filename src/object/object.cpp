// See object.hpp.
#include "object/object.hpp"

#include <fmt/ranges.h>

#include <algorithm>

namespace cm::object {

std::string key_columns(std::vector<std::string> columns) {
    std::sort(columns.begin(), columns.end());
    // Separated by a byte that no identifier can contain.
    return fmt::format("{}", fmt::join(columns, std::string_view{"\0", 1}));
}

}  // namespace cm::object
