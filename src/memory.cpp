// operator new and delete for the program (the library leaves them alone). A schema of a thousand
// models is 180,000 small values: the C library took a quarter of the time to hand them out and
// take them back, and the kernel as long again to give memory page by page. Here a small block is
// the first of a list of blocks of its size, and memory is asked for in pieces of many pages.
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <new>

namespace {

constexpr std::size_t step = 16;  // every block's alignment, as operator new promises
constexpr std::size_t largest = 512;
constexpr std::size_t span = 16 << 10;         // holds blocks of one size
constexpr std::size_t reserved = 8ULL << 30U;  // addresses, not memory
constexpr std::size_t piece = 8 * span;        // of memory, as it is asked for

struct Block {
    Block* next{};
};

/// Blocks of one size that a thread may hand out: those that came back, and those never used.
struct Shelf {
    Block* free{};
    char* next{};
    char* end{};
};

/// One range of addresses, so that a block's span, and so its size, is known from where it lies.
class Store {
  public:
    /// The size of a block, in steps; 0 if it is none of ours.
    std::size_t steps_of(void const* block) const {
        auto const place =
            reinterpret_cast<std::uintptr_t>(block) - begin_.load(std::memory_order_relaxed);
        return place < reserved ? steps_[place / span] : 0;
    }

    /// A span for blocks of that size; null if there is no more.
    char* take(std::size_t steps) {
        std::lock_guard const guard(mutex_);
        if (begin_ == 0) begin_ = reserve();
        if (begin_ == nowhere || (used_ == ready_ && !grow())) return nullptr;
        steps_[used_ / span] = static_cast<std::uint8_t>(steps);
        used_ += span;
        return reinterpret_cast<char*>(begin_ + used_ - span);
    }

  private:
    static constexpr std::uintptr_t nowhere = ~std::uintptr_t{};

    static std::uintptr_t reserve() {
        auto* const range = ::mmap(nullptr, reserved, PROT_NONE,
                                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        return range == MAP_FAILED ? nowhere : reinterpret_cast<std::uintptr_t>(range);
    }

    bool grow() {
        auto const size = std::min(piece, reserved - ready_);
        auto* const fresh = reinterpret_cast<void*>(begin_ + ready_);
        if (size == 0 || ::mprotect(fresh, size, PROT_READ | PROT_WRITE) != 0) return false;
#ifdef MADV_POPULATE_WRITE
        // Old kernels do not know it and give page by page.
        ::madvise(fresh, size, MADV_POPULATE_WRITE);
#endif
        ready_ += size;
        return true;
    }

    std::mutex mutex_{};
    std::atomic<std::uintptr_t> begin_{};
    std::size_t used_{};
    std::size_t ready_{};
    std::array<std::uint8_t, reserved / span> steps_{};
};

constinit Store store{};
constinit thread_local std::array<Shelf, largest / step + 1> shelves{};

void* large(std::size_t size) {
    while (true) {
        if (auto* const block = std::malloc(size)) return block;
        auto const handler = std::get_new_handler();
        if (handler == nullptr) throw std::bad_alloc();
        handler();
    }
}

void* unused(Shelf& shelf, std::size_t steps) {
    auto const size = steps * step;
    if (static_cast<std::size_t>(shelf.end - shelf.next) < size) {
        auto* const fresh = store.take(steps);
        if (fresh == nullptr) return large(size);
        shelf.next = fresh;
        shelf.end = fresh + span;
    }
    auto* const block = shelf.next;
    shelf.next += size;
    return block;
}

}  // namespace

void* operator new(std::size_t size) {
    if (size > largest) return large(size);
    auto const steps = (std::max(size, step) + step - 1) / step;
    auto& shelf = shelves[steps];
    auto* const block = shelf.free;
    if (block == nullptr) return unused(shelf, steps);
    shelf.free = block->next;
    return block;
}

void operator delete(void* memory) noexcept {
    auto const steps = store.steps_of(memory);
    if (steps == 0) return std::free(memory);
    auto& shelf = shelves[steps];
    auto* const block = static_cast<Block*>(memory);
    block->next = shelf.free;
    shelf.free = block;
}

void operator delete(void* memory, std::size_t) noexcept {
    operator delete(memory);
}
