// Base64 with its standard alphabet and padding (RFC 4648, section 4).
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cm {

std::string to_base64(std::string_view bytes);

/// The bytes; none if a letter, the padding or the length is wrong, or if bits are set that belong
/// to no byte.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace cm
