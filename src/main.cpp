// cm-migrate: runs the command line; what stops a command is caught here, printed, and becomes the
// exit code.
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

#include "command/run.hpp"

namespace {

/// A short life: memory is asked for in large pieces and goes back at the end, and the kernel gives
/// it in large pages where it has some. That is a quarter of the work that a large schema makes;
/// a small one stays within the first page.
void expect_much_memory() {
    constexpr int piece = 64 << 20;
    mallopt(M_TOP_PAD, piece);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    // More than is there already, so that a piece is asked for.
    auto* const first = std::malloc(1 << 20);
    constexpr std::uintptr_t page = 2 << 20;
    auto const begin = (reinterpret_cast<std::uintptr_t>(first) + page - 1) / page * page;
    auto const end = reinterpret_cast<std::uintptr_t>(::sbrk(0));
    if (begin < end) {  // not under a sanitizer, whose memory lies elsewhere
        ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
    }
    std::free(first);
}

}  // namespace

int main(int argc, char** argv) {
    expect_much_memory();
    return cm::command::run(argc, argv);
}
