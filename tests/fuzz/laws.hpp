// What must hold for any text given as a schema, sense or nonsense. The fuzzer looks for a text
// that breaks a law (or crashes); findings_test.cpp holds the laws against all cases and all that
// the fuzzer has ever found.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cm::test {

/// The law that this text breaks, in words, with what was seen.
std::optional<std::string> broken_law(std::string_view text);

}  // namespace cm::test
