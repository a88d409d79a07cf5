// Programs that are shown in messages, as a configuration in TypeScript: without what their strings
// hold, any of which may be a password or a piece of one.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace cm {

/// True for the names of such programs: `prisma.config.ts`.
bool is_program(std::string_view file_name);

/// The line of `source` from `begin` to `end` with `*` for each byte of its strings, so that places
/// in it stay what they were. What is the name of something, a path or a whole URL stays (the URL
/// without its password).
std::string with_strings_hidden(std::string_view source, std::size_t begin, std::size_t end);

}  // namespace cm
