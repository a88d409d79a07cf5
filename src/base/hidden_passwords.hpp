// Lines of files that are shown in messages, without the passwords of URLs in them.
#pragma once
#include <string>
#include <string_view>

namespace cm {

/// The line with `*` for each byte of a password, so that places in it stay what they were.
std::string with_passwords_hidden(std::string_view line);

}  // namespace cm
