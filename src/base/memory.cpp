// See memory.hpp.
#include "base/memory.hpp"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace cm {
namespace {

constexpr std::uintptr_t piece = 64U << 20U;

/// Only a hint: whatever the addresses are, nothing else changes.
void prefer_large_pages(std::uintptr_t begin, std::uintptr_t end) {
    constexpr std::uintptr_t page = 2U << 20U;
    begin = (begin + page - 1) / page * page;
    // Under a sanitizer memory lies elsewhere.
    if (begin < end) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

}  // namespace

void tune_allocator() {
    mallopt(M_TOP_PAD, int{piece});
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    // More than is there already, so that a piece is asked for.
    auto* const first = std::malloc(1 << 20);
    prefer_large_pages(reinterpret_cast<std::uintptr_t>(first),
                       reinterpret_cast<std::uintptr_t>(::sbrk(0)));
    std::free(first);
}

void expect_much_memory_in_thread() {
    // The C library's heap of a thread is a piece whose address is a multiple of its size.
    auto* const first = std::malloc(1 << 12);
    auto const heap = reinterpret_cast<std::uintptr_t>(first) / piece * piece;
    prefer_large_pages(heap, heap + piece);
    std::free(first);
}

}  // namespace cm
