// Settings that a session has from its start: `options=-c name=value`.
#pragma once
#include <string>
#include <string_view>

namespace cm::pg {

/// ` -c name=value`, with blanks and backslashes escaped as the parameter wants it.
std::string start_option(std::string_view name, std::string_view value);

}  // namespace cm::pg
