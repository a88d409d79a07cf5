// See run_in_parallel.hpp.
#include "base/run_in_parallel.hpp"

#include <sched.h>

#include <future>

#include "base/memory.hpp"

namespace cm {
namespace {

/// Goes to another processor, if there is one. A kernel may put a new thread behind the one that
/// has made it and look for a better place milliseconds later, which is when our work is done.
void leave(int processor) {
    cpu_set_t allowed{};
    if (processor < 0 || ::sched_getcpu() != processor ||
        ::sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    auto others = allowed;
    CPU_CLR(static_cast<std::size_t>(processor), &others);
    if (CPU_COUNT(&others) == 0 || ::sched_setaffinity(0, sizeof others, &others) != 0) return;
    ::sched_setaffinity(0, sizeof allowed, &allowed);
}

}  // namespace

void run_in_parallel(std::function<void()> const& first, std::function<void()> const& second) {
    auto const here = ::sched_getcpu();
    auto other = std::async([&] {
        leave(here);
        expect_much_memory_in_thread();
        second();
    });
    ::sched_yield();  // so that it can leave
    first();
    other.get();
}

}  // namespace cm
