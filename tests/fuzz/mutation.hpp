// Changes that keep a schema looking like one: the fuzzer's own changes of bytes seldom get past
// the parser.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace cm::test {

/// The text with one token or line dropped, doubled, moved or replaced by another of the same text
/// or of `other`.
std::string mutated(std::string_view text, std::string_view other, std::uint32_t seed);

}  // namespace cm::test
