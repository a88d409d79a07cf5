// Texts that break readers: deep nesting, endless lines, a million of everything, bytes that are no
// text.
#pragma once
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace cm::test {

struct HostileText {
    std::string name{};
    std::string (*make)(std::size_t size){};  ///< of about this many bytes
};

/// By name: its bytes would be others in each run.
inline void PrintTo(HostileText const& text, std::ostream* out) {
    *out << text.name;
}

std::vector<HostileText> const& hostile_texts();

}  // namespace cm::test
