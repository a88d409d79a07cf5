// Files that editors saved in another encoding than UTF-8.
#pragma once
#include <string_view>

namespace cm {

/// "UTF-16" or "UTF-32" if the bytes begin as such a text does, with or without a byte order mark;
/// empty if they do not.
std::string_view wide_encoding(std::string_view bytes);

/// Throws Failure CM0061 for a file in UTF-16 or UTF-32: one error instead of one for each byte.
void require_utf8(std::string_view file_name, std::string_view bytes);

/// A byte order mark says nothing in UTF-8.
std::string_view without_byte_order_mark(std::string_view text);

}  // namespace cm
