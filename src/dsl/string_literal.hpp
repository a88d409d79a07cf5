// Escapes inside string literals.
#pragma once
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"

namespace cm::dsl {

/// The text that a string token (with its quotes) stands for. Unknown escapes are reported and left
/// out.
std::string unescape(std::string_view token, Span span, Diagnostics& diagnostics);

/// The literal, with quotes, that stands for `text`.
std::string escape(std::string_view text);

}  // namespace cm::dsl
