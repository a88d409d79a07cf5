// Whether a literal is well-formed for the type of its field.
#pragma once
#include <string_view>

namespace cm::dsl {

/// Digits only, with a sign, within 64 bits.
bool is_integer(std::string_view text);
/// `12`, `-1.50`, `1e5`.
bool is_decimal(std::string_view text);
/// RFC 3339, with a time and an offset: `2024-01-31T00:00:00Z`.
bool is_date_time(std::string_view text);
bool is_base64(std::string_view text);
bool is_json(std::string_view text);

}  // namespace cm::dsl
