// Texts that break readers: deep nesting, endless lines, a million of everything, bytes that are no
// text.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace cm::test {

struct HostileText {
    std::string name{};
    std::string (*make)(std::size_t size){};  ///< of about this many bytes
};

std::vector<HostileText> const& hostile_texts();

}  // namespace cm::test
