// See stopover.hpp.
#include "base/stopover.hpp"

#include <fmt/format.h>

#include "base/utf8.hpp"

namespace cm {
namespace {

constexpr std::string_view stopover_prefix = "cm-migrate: ";

}  // namespace

std::string stopover(std::string const& name) {
    constexpr std::size_t longest = 63;
    return fmt::format("{}{}", stopover_prefix, utf8::cut(name, longest - stopover_prefix.size()));
}

std::string without_stopover(std::string const& name) {
    return is_stopover(name) ? name.substr(stopover_prefix.size()) : name;
}

bool is_stopover(std::string const& name) {
    return name.starts_with(stopover_prefix);
}

}  // namespace cm
