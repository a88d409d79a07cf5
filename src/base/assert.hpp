// CM_ASSERT: what cannot be. A failure is a bug in cm-migrate, never the user's mistake.
#pragma once
#include <string_view>

namespace cm {
/// Throws std::logic_error that names the condition and the place.
[[noreturn]] void assertion_failed(std::string_view condition, std::string_view file, int line);
}  // namespace cm

#define CM_ASSERT(condition) \
    ((condition) ? void() : ::cm::assertion_failed(#condition, __FILE__, __LINE__))
