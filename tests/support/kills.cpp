// See kills.hpp.
#include "support/kills.hpp"

#include <fmt/format.h>

#include <cstdlib>

namespace cm::test {

int kills(int usual) {
    auto const* const wish = std::getenv("CM_KILLS");
    return wish == nullptr ? usual : std::atoi(wish);
}

std::mt19937 make_generator() {
    auto const* const wish = std::getenv("CM_SEED");
    auto const seed =
        wish == nullptr ? std::random_device{}() : static_cast<unsigned>(std::atol(wish));
    fmt::print("CM_SEED={}\n", seed);
    return std::mt19937{seed};
}

}  // namespace cm::test
