// The fuzzer (libFuzzer): any bytes as a schema, through lexer, parser, rules, report and
// formatter. Built with -DCM_FUZZ=ON; tests/fuzz/run.sh runs it.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "fuzz/laws.hpp"
#include "fuzz/mutation.hpp"

// NOLINTBEGIN(readability-identifier-naming): the names are libFuzzer's
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t limit);

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t limit, unsigned seed);
extern "C" std::size_t LLVMFuzzerCustomCrossOver(std::uint8_t const* first, std::size_t first_size,
                                                 std::uint8_t const* second,
                                                 std::size_t second_size, std::uint8_t* out,
                                                 std::size_t limit, unsigned seed);

namespace {

std::string_view as_text(std::uint8_t const* data, std::size_t size) {
    return {reinterpret_cast<char const*>(data), size};
}

std::size_t give(std::string const& text, std::uint8_t* out, std::size_t limit) {
    auto const size = std::min(text.size(), limit);
    std::copy_n(text.begin(), size, out);
    return size;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (auto const finding = cm::test::broken_law(as_text(data, size))) {
        std::fprintf(stderr, "BROKEN LAW: %s\n", finding->c_str());
        std::abort();
    }
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t limit, unsigned seed) {
    if (seed % 3 == 0) return LLVMFuzzerMutate(data, size, limit);
    return give(cm::test::mutated(as_text(data, size), {}, seed), data, limit);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(std::uint8_t const* first, std::size_t first_size,
                                                 std::uint8_t const* second,
                                                 std::size_t second_size, std::uint8_t* out,
                                                 std::size_t limit, unsigned seed) {
    return give(cm::test::mutated(as_text(first, first_size), as_text(second, second_size), seed),
                out, limit);
}

// NOLINTEND(readability-identifier-naming)
