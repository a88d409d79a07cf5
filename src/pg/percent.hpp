// Percent-encoding (RFC 3986), as URLs need it.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cm::pg {

/// None if a `%` is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text);

/// Encodes all but letters, digits and `-._~`, and the characters in `also_plain`.
std::string percent_encode(std::string_view text, std::string_view also_plain = {});

}  // namespace cm::pg
