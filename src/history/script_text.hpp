// What editors and version control do to a script without changing it: line ends and the byte order
// mark.
#pragma once
#include <string>
#include <string_view>

namespace cm::history {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// PostgreSQL rejects a byte order mark.
std::string_view without_bom(std::string_view script);

std::string with_line_feeds(std::string_view text);
std::string with_carriage_returns(std::string_view text);

}  // namespace cm::history
