// Spans of time as options take them: `5s`, `500ms`, `2min`, a bare number being seconds.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cm::command {

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// "1.5 s", "42 s", "3 min 5 s".
std::string describe(std::chrono::milliseconds duration);

}  // namespace cm::command
