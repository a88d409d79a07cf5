// The first line of a file that `pull` has written: by it the next one knows whether anybody has
// edited the file since.
#pragma once
#include <string>
#include <string_view>

namespace cm::schema {

/// The text with such a line above it.
std::string marked(std::string_view text);

/// True if the text is one of `marked`, whatever ends its lines.
bool is_as_marked(std::string_view text);

}  // namespace cm::schema
