// See start_option.hpp.
#include "pg/start_option.hpp"

#include <fmt/format.h>

namespace cm::pg {
namespace {

/// Blanks and backslashes are escaped by a backslash.
std::string escape_option(std::string_view value) {
    std::string escaped{};
    for (auto const c : value) {
        if (c == '\\' || c == ' ' || (c >= '\t' && c <= '\r')) {
            escaped += '\\';
        }
        escaped += c;
    }
    return escaped;
}

}  // namespace

std::string start_option(std::string_view name, std::string_view value) {
    return fmt::format(" -c {}={}", name, escape_option(value));
}

}  // namespace cm::pg
